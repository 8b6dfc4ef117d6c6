package dev.tideline.devservices.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Repeats a question until there is an answer, first after a millisecond, then less and less often, down to every 50
 * ms. An interrupt ends the wait at once and stays set.
 */
public final class Poll {

    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private Poll() {}

    /**
     * Waits for a value.
     *
     * @param limit zero asks exactly once
     * @param attempt empty means "not yet"; an exception ends the wait
     * @return the value, or empty when the limit has passed or the thread was interrupted
     */
    public static <T> Optional<T> until(Duration limit, Supplier<Optional<T>> attempt) {
        long deadline = System.nanoTime() + limit.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            boolean last = deadline - System.nanoTime() <= 0;
            Optional<T> value = attempt.get();
            if (value.isPresent() || last || Thread.currentThread().isInterrupted()) {
                return value;
            }
            LockSupport.parkNanos(Math.max(1, Math.min(pause, deadline - System.nanoTime())));
            pause = Math.min(LONGEST_PAUSE_NANOS, pause + pause / 2);
        }
    }

    /**
     * Waits for a value without a limit.
     *
     * @param pause between two attempts
     * @param attempt empty means "not yet"
     * @return the value, or empty when the thread was interrupted
     */
    public static <T> Optional<T> forever(Duration pause, Supplier<Optional<T>> attempt) {
        while (true) {
            Optional<T> value = attempt.get();
            if (value.isPresent() || Thread.currentThread().isInterrupted()) {
                return value;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /** Waits for a condition, and returns whether it held within the limit. */
    public static boolean untilTrue(Duration limit, BooleanSupplier condition) {
        return until(limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }
}
