package dev.tideline.sync.verify;

import java.util.List;
import java.util.Map;

/**
 * What a verification of one mapping found.
 *
 * @param sourceRows rows that the target should have, at the moment of the scan
 * @param targetRows rows that the target had, at the moment of the scan
 * @param missing rows of the source that the target lacks
 * @param extra rows of the target that the source lacks
 * @param different rows with other values
 * @param parked rows that are not the same because they are set aside, whether missing, extra or different
 * @param unsettled rows that were not the same, of which it was not known within the limit whether they would become so
 * @param columns how often each column differed, in the mapping's order; columns that never did are left out
 * @param rows the first of them, up to {@link VerifyOptions#listed()}
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

    /** How many rows are not the same. */
    public long differences() {
        return missing + extra + different + parked + unsettled;
    }

    /** Whether every row of the source is in the target with the same values, and no other is there. */
    public boolean equal() {
        return differences() == 0;
    }
}
