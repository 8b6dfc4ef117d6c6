package dev.tideline.sync.capture;

import java.util.UUID;

/**
 * A stream as it stands in the source.
 *
 * @param incarnation differs when the stream was removed and installed again, so that what was captured by the former
 *     one is not taken for complete
 */
public record InstalledStream(int id, UUID incarnation, Stream stream) {

    /** The table of schema {@code tideline} that holds its ledger. Only root streams have one. */
    public String ledger() {
        return "ledger_" + id;
    }

    /** What its functions and triggers are called, before their endings. */
    String name() {
        return "tideline_" + id;
    }
}
