package dev.tideline.sync.cli;

/** Counts in words. */
final class Counted {

    private Counted() {}

    /** {@code 1 row}, {@code 2 rows}. */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
