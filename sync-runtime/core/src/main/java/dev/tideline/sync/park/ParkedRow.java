package dev.tideline.sync.park;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * A row that is set aside, as {@code park list} shows it.
 *
 * @param key texts of its key's columns
 * @param sequenceId of the change that was refused
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

    /** As a try takes it. Not a property: the JSON form of a parked row leaves it out. */
    public BadRow asBadRow() {
        return new BadRow(key, sequenceId, error, sqlState);
    }
}
