package dev.tideline.sync.config;

/**
 * The {@code sync:} section: the engine that fetches and applies.
 *
 * @param batchSize rows applied in one transaction of the target; default 5,000, minimum 1
 * @param workers targets worked on at once; default 8, minimum 1
 * @param onBadRow what happens to a row that the target refuses; default {@link OnBadRow#PARK}
 */
public record ApplyConfig(int batchSize, int workers, OnBadRow onBadRow) {

    public static final ApplyConfig DEFAULT = new ApplyConfig(5_000, 8, OnBadRow.PARK);

    /** What happens to a row that the target refuses. */
    public enum OnBadRow {
        /** It is set aside with its error, and the others go on. */
        PARK,
        /** Its target stops until it is mended. */
        STOP
    }
}
