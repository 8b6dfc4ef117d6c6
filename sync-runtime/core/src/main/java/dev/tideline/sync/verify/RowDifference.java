package dev.tideline.sync.verify;

import java.util.List;

/**
 * A row that is not the same on both sides.
 *
 * @param columns for {@link Kind#DIFFERENT}, and {@link Kind#PARKED} where both sides have the row, the columns whose values differ, in the mapping's order; else empty
 */
public record RowDifference(Kind kind, RowKey key, List<String> columns) {

    /** In what way. */
    public enum Kind {
        /** In the source, not in the target. */
        MISSING,
        /** In the target, not in the source, or more than once in the target. */
        EXTRA,
        /** In both with other values. */
        DIFFERENT,
        /** Not the same, because the target refused the row, or it could not be read: it is set aside. */
        PARKED,
        /** Not the same, but it kept changing, or its change had not arrived when the time was up. */
        UNSETTLED
    }

    public RowDifference {
        columns = List.copyOf(columns);
    }
}
