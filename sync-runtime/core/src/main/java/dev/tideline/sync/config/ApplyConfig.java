package dev.tideline.sync.config;

/**
 * The {@code sync:} section: the engine that fetches and applies.
 *
 * @param batchSize rows applied in one transaction of the target; default 5,000, 1 to 1,000,000
 * @param workers targets worked on at once; default 8, 1 to 1,000
 * @param onBadRow what happens to a row that the target refuses; default {@link OnBadRow#PARK}
 */
public record ApplyConfig(int batchSize, int workers, OnBadRow onBadRow) {

    static final int LARGEST_BATCH = 1_000_000;
    static final int MOST_WORKERS = 1_000;

    /** 5,000 rows, 8 workers, bad rows are parked. */
    public static final ApplyConfig DEFAULT = new ApplyConfig(5_000, 8, OnBadRow.PARK);

    public ApplyConfig {
        Range.check("sync.batch_size", batchSize, 1, LARGEST_BATCH);
        Range.check("sync.workers", workers, 1, MOST_WORKERS);
    }

    /** What happens to a row that the target refuses. */
    public enum OnBadRow {
        /** The row is parked with its error, and the others are applied. */
        PARK,
        /** The mapping stops in its target until the row is corrected. */
        STOP
    }
}
