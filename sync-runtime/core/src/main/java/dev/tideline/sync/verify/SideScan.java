package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.verify.VerifyListener.Phase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * All rows of one side. Each query sees one moment, in a transaction of its own. Between two queries it holds neither a
 * lock nor a snapshot, however long the other side takes; rows that change meanwhile become suspects and are checked
 * again. Used by one thread at a time.
 */
record SideScan(Side side, Session session, Session.Server server, RowSet rows, RowHash hash, VerifyListener listener) {

    private static final Pattern PLAN_ROWS = Pattern.compile(" rows=(\\d+) ");

    /** The planner's estimate of the number of rows. */
    long estimate() {
        return session.read("the number of its rows was estimated", connection -> {
            String plan = Jdbc.oneAsWritten(
                    connection,
                    SqlTemplate.of("8-verify/estimate").with(parts()).fill(),
                    row -> row.getString(1));
            Matcher found = PLAN_ROWS.matcher(plan);
            return found.find() ? Long.parseLong(found.group(1)) : 0L;
        });
    }

    /** Hashes all rows. */
    Buckets buckets(int size, long estimate) {
        return session.read("its rows were hashed", connection -> hashed(connection, size, estimate));
    }

    private Buckets hashed(Connection connection, int size, long estimate) throws SQLException {
        Buckets buckets = new Buckets(size);
        Map<String, String> parts = parts();
        parts.put("mask", String.valueOf(size - 1));
        listener.progress(Phase.SCAN, side, 0, estimate);
        for (String slice : Slices.of(connection, server, rows, estimate)) {
            parts.put("rows", rows.query().apply(slice));
            try (Query query = new Query(connection);
                    ResultSet row = query.rows(
                            SqlTemplate.of("8-verify/buckets").with(parts).fill())) {
                while (row.next()) {
                    buckets.add(
                            row.getInt("bucket"),
                            row.getLong("row_count"),
                            row.getBigDecimal("hashes").toBigInteger().longValue());
                }
            }
            listener.progress(Phase.SCAN, side, buckets.rows(), Math.max(estimate, buckets.rows()));
        }
        return buckets;
    }

    /** The rows of some buckets, ordered by the key's hash. */
    SortedRows rows(Buckets.Differing buckets) {
        try {
            return listed(session.snapshot(), buckets);
        } catch (SQLException e) {
            throw VerifyException.of(side, "its rows were listed", e);
        }
    }

    private SortedRows listed(Connection connection, Buckets.Differing buckets) throws SQLException {
        Map<String, String> parts = parts();
        parts.put("buckets", buckets.sql());
        parts.put("mask", String.valueOf(buckets.mask()));
        Query query = new Query(connection);
        try {
            long all = buckets.rows(side);
            query.keep(SqlTemplate.of("8-verify/rows").with(parts).fill());
            return new SortedRows(
                    side, query, rows.keys().size(), done -> listener.progress(Phase.NARROW, side, done, all));
        } catch (SQLException | RuntimeException e) {
            query.close();
            throw e;
        }
    }

    private Map<String, String> parts() {
        List<String> names = RowKey.names(rows.keys().size());
        Map<String, String> parts = new HashMap<>();
        parts.put("rows", rows.all());
        parts.put("keyHash", hash.of(rows.keys()));
        parts.put("rowHash", hash.of(rows.columns()));
        parts.put("keyNames", Sql.list(names, n -> n));
        parts.put(
                "keys",
                Sql.list(
                        IntStream.range(0, names.size()).boxed().toList(),
                        i -> rows.keys().get(i) + "::text AS " + names.get(i)));
        return parts;
    }
}
