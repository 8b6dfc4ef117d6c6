package dev.tideline.testkit;

import java.time.Duration;

/**
 * An awaited event did not happen. The message says what, the limit, the real elapsed time, the attempts, the last
 * value and when it last changed, and the first and last exception. The last exception is the cause; the first one, the
 * stack of every attempt that hung, and those of threads that wait for each other, are suppressed exceptions.
 */
public final class NotInTimeError extends AssertionError {

    private final Duration elapsed;
    private final int attempts;

    NotInTimeError(String message, Throwable cause, Duration elapsed, int attempts) {
        super(message, cause);
        this.elapsed = elapsed;
        this.attempts = attempts;
    }

    /** How long the wait really took: at most the limit and the time of the last check. */
    public Duration elapsed() {
        return elapsed;
    }

    /** The number of attempts, including those that were cut off. */
    public int attempts() {
        return attempts;
    }
}
