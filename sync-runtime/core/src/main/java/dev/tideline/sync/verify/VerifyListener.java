package dev.tideline.sync.verify;

/** Receives the progress of a verification. Called from two threads at a time, one for each side. */
@FunctionalInterface
public interface VerifyListener {

    /** Ignores all progress. */
    VerifyListener SILENT = (phase, side, rows, ofRows) -> {};

    enum Phase {
        /** All rows are hashed. */
        SCAN,
        /** The rows of the buckets that differ are listed. */
        NARROW,
        /** Rows that may be in flight are checked again. */
        SETTLE
    }

    /**
     * @param rows done so far in this phase
     * @param ofRows the planner's estimate of all rows, at least {@code rows}; in {@link Phase#NARROW} an exact bound;
     *     in {@link Phase#SETTLE} {@code rows} is the number of rows still waiting
     */
    void progress(Phase phase, Side side, long rows, long ofRows);
}
