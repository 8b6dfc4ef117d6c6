package dev.tideline.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rows of the table that is copied, above 1
 * @param transactions of a backlog
 * @param rounds in which the contestants take turns
 * @param drains of each contestant in a round
 * @param latency how long changes are timed
 * @param limit for anything to arrive; a contestant that is slower is refused
 */
record BenchSize(String name, long rows, int transactions, int rounds, int drains, Duration latency, Duration limit) {

    /** {@code quick} or {@code full}. */
    static BenchSize of(String name) {
        return switch (name) {
            case "quick" -> new BenchSize(name, 50_000, 10_000, 1, 1, Duration.ofSeconds(3), Duration.ofMinutes(2));
            case "full" -> new BenchSize(name, 500_000, 100_000, 3, 2, Duration.ofSeconds(20), Duration.ofMinutes(10));
            default -> throw new IllegalArgumentException("bench.size is '" + name + "'. Give quick or full.");
        };
    }
}
