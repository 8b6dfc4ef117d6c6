package dev.tideline.sync.request;

import dev.tideline.sync.loop.Backoff;
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

    /** There was no answer. */
    static Outcome failed(String error, Duration took, boolean permanent) {
        return new Outcome(Optional.empty(), Optional.of(error), took, Optional.empty(), permanent);
    }

    /** How long to wait after this failed attempt: never shorter than the receiver asked for. */
    Duration pause(Backoff backoff, int attempt) {
        Duration pause = backoff.delay(attempt);
        return retryAfter.filter(asked -> asked.compareTo(pause) > 0).orElse(pause);
    }

    /** Whether the receiver accepted it. */
    public boolean delivered() {
        return error.isEmpty();
    }
}
