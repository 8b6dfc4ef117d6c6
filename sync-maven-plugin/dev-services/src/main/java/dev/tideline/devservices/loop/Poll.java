package dev.tideline.devservices.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asks again and again until there is an answer, first every millisecond, then more and more slowly up to every 50 ms.
 * An interrupt ends the wait at once and stays set.
 */
public final class Poll {

    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private Poll() {}

    /**
     * Waits for a value.
     *
     * @param limit how long at most; zero asks exactly once
     * @param attempt empty means "not yet"; whatever it throws ends the wait
     * @param <T> type of the value
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
     * @param pause time between two attempts
     * @param attempt empty means "not yet"
     * @param <T> type of the value
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

    /**
     * Waits for a condition.
     *
     * @param limit how long at most
     * @param condition what is awaited
     * @return whether the condition held in time
     */
    public static boolean untilTrue(Duration limit, BooleanSupplier condition) {
        return until(limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }
}
