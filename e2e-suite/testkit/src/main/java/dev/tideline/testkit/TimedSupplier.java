package dev.tideline.testkit;

import java.time.Duration;

/** Gives the value that is awaited, and may itself block for as long as it is told. */
@FunctionalInterface
interface TimedSupplier<T> {
    T get(Duration left) throws Exception;
}
