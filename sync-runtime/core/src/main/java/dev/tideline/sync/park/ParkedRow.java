package dev.tideline.sync.park;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * A parked row, as {@code park list} shows it.
 *
 * @param key texts of its key's columns
 * @param sequenceId of the refused change
 * @param tries since the row last changed; at least 1
 */
public record ParkedRow(
        String tenant,
        String target,
        String mapping,
        List<String> key,
        long sequenceId,
        String error,
        String sqlState,
        int tries,
        OffsetDateTime parkedAt,
        OffsetDateTime triedAt) {

    /** The row as a retry expects it. Not a getter, so that the JSON form of a parked row does not contain it. */
    public BadRow asBadRow() {
        return new BadRow(key, sequenceId, error, sqlState);
    }
}
