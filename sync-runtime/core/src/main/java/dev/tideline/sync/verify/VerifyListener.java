package dev.tideline.sync.verify;

/** Hears how far a verification has come. Called from two threads at a time, one for each side. */
@FunctionalInterface
public interface VerifyListener {

    /** Hears nothing. */
    VerifyListener SILENT = (phase, side, rows, ofRows) -> {};

    /** What is being done. */
    enum Phase {
        /** All rows are hashed. */
        SCAN,
        /** The rows of the buckets that differ are listed. */
        NARROW,
        /** Rows that may be under way are looked at again. */
        SETTLE
    }

    /**
     * @param rows done so far in this phase
     * @param ofRows the planner's estimate of all rows, at least {@code rows}; in {@link Phase#NARROW} an exact bound; in
     *     {@link Phase#SETTLE} {@code rows} is what still waits
     */
    void progress(Phase phase, Side side, long rows, long ofRows);
}
