package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Divides a scan into ranges of pages, so that progress can be shown. Only if the whole table is read anyway and the
 * server can scan such a range directly (from 14 on). Whatever the estimates, every row falls into one slice.
 */
final class Slices {

    /** A slice that holds everything. */
    static final String ALL = "true";

    private static final long ROWS_PER_SLICE = 250_000;
    private static final int FIRST_VERSION_WITH_RANGE_SCAN = 140_000;

    private Slices() {}

    /**
     * @param expected number of rows of the scan
     * @return conditions on the row set's table
     */
    static List<String> of(Connection connection, Session.Server server, RowSet rows, long expected)
            throws SQLException {
        if (server.version() < FIRST_VERSION_WITH_RANGE_SCAN || expected < 2 * ROWS_PER_SLICE) {
            return List.of(ALL);
        }
        String size = SqlTemplate.of("8-verify/table-size")
                .with(Map.of(
                        "schema", Sql.literal(rows.table().schema()),
                        "table", Sql.literal(rows.table().name())))
                .fill();
        record Size(long rows, long pages) {}
        return Jdbc.listAsWritten(
                        connection, size, row -> new Size(row.getLong("row_count"), row.getLong("page_count")))
                .stream()
                .filter(table -> expected >= table.rows() / 2)
                .findFirst()
                .map(table -> cut(table.pages(), expected / ROWS_PER_SLICE))
                .orElse(List.of(ALL));
    }

    static List<String> cut(long pages, long slices) {
        long step = Math.max(1, pages / Math.max(1, slices));
        List<String> conditions = new ArrayList<>();
        for (long from = 0; conditions.isEmpty() || from < pages; from += step) {
            boolean last = from + step >= pages;
            conditions.add(RowSet.ALIAS + ".ctid >= '(" + from + ",0)'::tid"
                    + (last ? "" : " AND " + RowSet.ALIAS + ".ctid < '(" + (from + step) + ",0)'::tid"));
        }
        return conditions;
    }
}
