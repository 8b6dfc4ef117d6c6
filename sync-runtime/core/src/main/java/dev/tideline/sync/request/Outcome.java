package dev.tideline.sync.request;

import java.time.Duration;
import java.util.Optional;

/**
 * The outcome of one attempt.
 *
 * @param status of the answer; empty if there was none
 * @param error what went wrong, in words; empty if the request was delivered
 * @param retryAfter what the receiver asked for
 * @param permanent whether another attempt would not help
 */
public record Outcome(
        Optional<Integer> status,
        Optional<String> error,
        Duration took,
        Optional<Duration> retryAfter,
        boolean permanent) {

    /** Whether the receiver accepted it. */
    public boolean delivered() {
        return error.isEmpty();
    }
}
