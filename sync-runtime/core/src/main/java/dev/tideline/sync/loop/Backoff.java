package dev.tideline.sync.loop;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential backoff with jitter: between half and all of a delay that doubles with every failure. Immutable; as
 * thread-safe as its random source.
 *
 * @param first delay after the first failure; more than zero
 * @param most longest delay
 * @param chance returns random numbers in [0, 1)
 */
public record Backoff(Duration first, Duration most, DoubleSupplier chance) {

    /**
     * @param failures in a row; at least 1
     */
    public Duration delay(int failures) {
        int doublings = Math.min(Math.max(failures - 1, 0), Long.numberOfLeadingZeros(first.toNanos()) - 1);
        long whole = Math.min(first.toNanos() << doublings, most.toNanos());
        return Duration.ofNanos(whole / 2 + (long) (chance.getAsDouble() * (whole / 2.0)));
    }
}
