package dev.tideline.sync.status;

import java.time.OffsetDateTime;
import java.util.Map;

/**
 * The state at one moment. Counters grow from the time when this runtime began to observe.
 *
 * @param nanos of a monotonic clock
 * @param changes sequenced
 * @param requests carried out
 * @param rows delivered, by mapping
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
