package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.verify.RowDifference.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Classifies and counts the differences, and keeps the first of them. Used by one thread. */
final class Differences {

    private final List<String> columns;
    private final int listed;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final long[] byColumn;
    private final List<RowDifference> rows = new ArrayList<>();

    Differences(Mapping mapping, int listed) {
        this.columns = mapping.columns().stream().map(Column::name).toList();
        this.byColumn = new long[columns.size()];
        this.listed = listed;
    }

    /** The difference between two rows; null stands for an absent one. */
    RowDifference of(RowKey key, RowSnapshot inSource, RowSnapshot inTarget) {
        if (inSource == null || inTarget != null && inTarget.copies() > inSource.copies()) {
            return new RowDifference(Kind.EXTRA, key, List.of());
        }
        if (inTarget == null) {
            return new RowDifference(Kind.MISSING, key, List.of());
        }
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!inSource.columnHashes().get(i).equals(inTarget.columnHashes().get(i))) {
                differing.add(columns.get(i));
            }
        }
        return new RowDifference(Kind.DIFFERENT, key, differing);
    }

    void count(List<RowDifference> found) {
        for (RowDifference row : found) {
            counts.merge(row.kind(), 1L, Long::sum);
            row.columns().forEach(column -> byColumn[columns.indexOf(column)]++);
            if (rows.size() < listed) {
                rows.add(row);
            }
        }
    }

    VerifyReport report(Mapping mapping, String tenant, long sourceRows, long targetRows) {
        Map<String, Long> columnCounts = new LinkedHashMap<>();
        for (int i = 0; i < byColumn.length; i++) {
            if (byColumn[i] > 0) {
                columnCounts.put(columns.get(i), byColumn[i]);
            }
        }
        return new VerifyReport(
                mapping.name(),
                tenant,
                sourceRows,
                targetRows,
                counts.getOrDefault(Kind.MISSING, 0L),
                counts.getOrDefault(Kind.EXTRA, 0L),
                counts.getOrDefault(Kind.DIFFERENT, 0L),
                counts.getOrDefault(Kind.PARKED, 0L),
                counts.getOrDefault(Kind.UNSETTLED, 0L),
                columnCounts,
                rows);
    }
}
