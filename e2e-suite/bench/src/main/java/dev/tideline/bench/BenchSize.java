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
 * @param load how the source's own speed is measured
 * @param scale how far growth is measured
 * @param limit for anything to arrive; a contestant that is slower is refused
 */
record BenchSize(
        String name,
        long rows,
        int transactions,
        int rounds,
        int drains,
        Duration latency,
        Load load,
        Scale scale,
        Duration limit) {

    /**
     * @param rows of the table
     * @param length of one load
     * @param rounds in which the contestants take turns
     */
    record Load(long rows, Duration length, int rounds) {}

    /**
     * @param small rows of the table that a large one is compared with
     * @param large rows of that
     * @param transactions of a backlog in either
     * @param tenants of whom all but one stand idle
     * @param rounds in which small and large take turns
     * @param idle how long nothing happens
     */
    record Scale(long small, long large, int transactions, int tenants, int rounds, Duration idle) {}

    static BenchSize of(String name) {
        return switch (name) {
            case "quick" ->
                new BenchSize(
                        name,
                        50_000,
                        10_000,
                        1,
                        1,
                        Duration.ofSeconds(3),
                        new Load(10_000, Duration.ofSeconds(2), 1),
                        new Scale(20_000, 200_000, 10_000, 100, 1, Duration.ofSeconds(4)),
                        Duration.ofMinutes(2));
            case "full" ->
                new BenchSize(
                        name,
                        500_000,
                        100_000,
                        3,
                        2,
                        Duration.ofSeconds(20),
                        new Load(100_000, Duration.ofSeconds(10), 5),
                        new Scale(100_000, 10_000_000, 100_000, 10_000, 3, Duration.ofSeconds(30)),
                        Duration.ofMinutes(15));
            default -> throw new IllegalArgumentException("bench.size is '" + name + "'. Give quick or full.");
        };
    }
}
