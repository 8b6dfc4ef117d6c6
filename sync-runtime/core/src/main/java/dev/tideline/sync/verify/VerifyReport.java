package dev.tideline.sync.verify;

import java.util.List;
import java.util.Map;

/**
 * What a verification of one mapping found.
 *
 * @param sourceRows rows that the target should have, at the time of the scan
 * @param targetRows rows that the target had, at the time of the scan
 * @param missing rows of the source that the target lacks
 * @param extra rows of the target that the source lacks
 * @param different rows with other values
 * @param parked rows that differ because they are parked, whether missing, extra or different
 * @param unsettled rows that differed, and could not be decided before the time limit
 * @param columns how often each column differed, in the mapping's order; columns that never did are left out
 * @param rows the first differing rows, up to {@link VerifyOptions#listed()}
 */
public record VerifyReport(
        String mapping,
        String tenant,
        long sourceRows,
        long targetRows,
        long missing,
        long extra,
        long different,
        long parked,
        long unsettled,
        Map<String, Long> columns,
        List<RowDifference> rows) {

    public VerifyReport {
        columns = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(columns));
        rows = List.copyOf(rows);
    }

    /** The number of rows that differ. */
    public long differences() {
        return missing + extra + different + parked + unsettled;
    }

    /** Whether every row of the source is in the target with the same values, and no others. */
    public boolean equal() {
        return differences() == 0;
    }
}
