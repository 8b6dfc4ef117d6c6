package dev.tideline.sync.request;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of one try.
 *
 * @param status of the answer; empty where there was none
 * @param error what went wrong, in words; empty if the request was delivered
 * @param retryAfter what the receiver asked for
 * @param permanent whether trying again would not help
 */
public record Outcome(
        Optional<Integer> status,
        Optional<String> error,
        Duration took,
        Optional<Duration> retryAfter,
        boolean permanent) {

    /** Whether the receiver took it. */
    public boolean delivered() {
        return error.isEmpty();
    }
}
