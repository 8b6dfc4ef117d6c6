package dev.tideline.sync.verify;

import java.util.List;

/**
 * A row that differs between the two sides.
 *
 * @param columns whose values differ, in the mapping's order, for {@link Kind#DIFFERENT}, and for {@link Kind#PARKED}
 *     if both sides have the row; else empty
 */
public record RowDifference(Kind kind, RowKey key, List<String> columns) {

    public enum Kind {
        /** In the source, not in the target. */
        MISSING,
        /** In the target, not in the source; or more than once in the target. */
        EXTRA,
        /** In both, with different values. */
        DIFFERENT,
        /** Differs because the target refused the row, or it could not be read: it is parked. */
        PARKED,
        /** Differs, but it kept changing, or its change had not arrived before the time limit. */
        UNSETTLED
    }

    public RowDifference {
        columns = List.copyOf(columns);
    }
}
