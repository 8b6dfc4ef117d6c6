package dev.tideline.sync.layout;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A stream as it is installed in the source.
 *
 * @param incarnation changes when the stream is removed and installed again, so that what the former one captured is
 *     not considered complete
 * @param compared columns that mappings read besides those that are captured: an UPDATE that leaves all of them
 *     unchanged makes no row stale; empty if any column may matter
 */
public record InstalledStream(int id, UUID incarnation, Stream stream, Optional<List<String>> compared) {

    /** The table of schema {@code tideline} that holds its ledger. Only root streams have one. */
    public String ledger() {
        return "ledger_" + id;
    }

    /** The prefix of the names of its functions and triggers. */
    public String name() {
        return "tideline_" + id;
    }
}
