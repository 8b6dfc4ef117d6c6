package dev.tideline.sync.status;

import java.time.OffsetDateTime;
import java.util.Map;

/**
 * Where everything stood at one moment. What is counted goes up since this runtime began to watch.
 *
 * @param nanos of a monotonic clock
 * @param changes sequenced
 * @param requests carried out
 * @param rows brought, by mapping
 */
record Sample(
        OffsetDateTime at,
        long nanos,
        long changes,
        long requests,
        Map<String, Long> rows,
        long pending,
        long pendingAgeMs,
        long waiting,
        long waitingAgeMs,
        long backlog,
        long lagMs) {

    long rowsOf(String mapping) {
        return rows.getOrDefault(mapping, 0L);
    }
}
