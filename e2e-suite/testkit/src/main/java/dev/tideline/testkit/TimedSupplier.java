package dev.tideline.testkit;

import java.time.Duration;

/** Returns the awaited value, and may block for at most the given time. */
@FunctionalInterface
interface TimedSupplier<T> {
    T get(Duration left) throws Exception;
}
