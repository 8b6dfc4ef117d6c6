package dev.tideline.sync.layout;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A stream as it stands in the source.
 *
 * @param incarnation differs when the stream was removed and installed again, so that what was captured by the former
 *     one is not taken for complete
 * @param compared columns that mappings read beside those that are captured: an UPDATE that leaves all of them as they are
 *     makes no row stale; empty where any column may matter
 */
public record InstalledStream(int id, UUID incarnation, Stream stream, Optional<List<String>> compared) {

    /** The table of schema {@code tideline} that holds its ledger. Only root streams have one. */
    public String ledger() {
        return "ledger_" + id;
    }

    /** What its functions and triggers are called, before their endings. */
    public String name() {
        return "tideline_" + id;
    }
}
