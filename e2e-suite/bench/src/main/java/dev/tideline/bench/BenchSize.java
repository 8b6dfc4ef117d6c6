package dev.tideline.bench;

/**
 * How much is measured.
 *
 * @param rows of the table, above 1
 * @param transactions of the backlog
 * @param rounds of each contestant, of which the middle one counts; odd
 */
record BenchSize(String name, long rows, int transactions, int rounds) {

    /** {@code quick} or {@code full}. */
    static BenchSize of(String name) {
        return switch (name) {
            case "quick" -> new BenchSize(name, 200_000, 30_000, 1);
            case "full" -> new BenchSize(name, 1_000_000, 100_000, 3);
            default -> throw new IllegalArgumentException("bench.size is '" + name + "'. Give quick or full.");
        };
    }
}
