package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.verify.Flow.Position;
import dev.tideline.sync.verify.RowDifference.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes single rows to the target as they are in the source now. Each batch is one transaction that locks the
 * mapping's cursor, so that no runtime writes meanwhile. It writes only rows whose last change the cursor has passed: a
 * row in flight belongs to the sync and must not be overtaken. Used by one thread.
 */
record Repairer(Comparison of, SideReader source, SideReader target) {

    private static final Logger LOG = LoggerFactory.getLogger(Repairer.class);

    /**
     * @return the number of rows written or deleted
     */
    long repair(List<RowDifference> found) {
        List<RowKey> keys = found.stream()
                .filter(row -> row.kind() != Kind.UNSETTLED && row.kind() != Kind.PARKED)
                .map(RowDifference::key)
                .toList();
        return keys.isEmpty() ? 0 : repairKeys(keys);
    }

    /** A single row that the target refuses must not prevent the repair of the others. */
    private long repairKeys(List<RowKey> keys) {
        try {
            return target.write(connection -> batch(connection, keys));
        } catch (VerifyException e) {
            if (!refused(e)) {
                throw e;
            }
            if (keys.size() == 1) {
                LOG.warn(
                        "mapping {}: the target refuses row {}: {}",
                        of.mapping().name(),
                        keys.get(0),
                        e.getMessage());
                return 0;
            }
            int half = keys.size() / 2;
            return repairKeys(keys.subList(0, half)) + repairKeys(keys.subList(half, keys.size()));
        }
    }

    private long batch(Connection connection, List<RowKey> keys) throws SQLException {
        Position position = of.flow().position(connection, true);
        Map<String, String> parts = new HashMap<>();
        parts.put("target", target.table().sql());
        parts.put("columns", Sql.list(of.mapping().columns(), Column::sql));
        Map<String, Boolean> computed = computed(connection);
        List<Column> written = of.mapping().columns().stream()
                .filter(c -> !computed.getOrDefault(c.name(), false))
                .toList();
        List<Column> updated =
                written.stream().filter(c -> !computed.containsKey(c.name())).toList();
        parts.put("written", Sql.list(written, Column::sql));
        parts.put("stagedColumns", Sql.list(written, c -> c.sql("s")));
        parts.put("assignments", Sql.list(updated, c -> c.sql() + " = " + c.sql("s")));
        parts.put("onKey", Sql.and(of.mapping().key(), c -> c.sql("r") + " = " + c.sql("s")));
        parts.put("sameKey", Sql.and(of.mapping().key(), c -> c.sql("r") + " = " + c.sql("o")));
        parts.put(
                "keyless",
                String.join(
                        " OR ",
                        of.mapping().key().stream()
                                .map(c -> c.sql("r") + " IS NULL")
                                .toList()));
        long changed = 0;
        if (keys.stream().anyMatch(key -> !key.complete())) {
            changed += update(connection, "repair-delete-keyless", parts);
        }
        List<RowKey> complete = keys.stream().filter(RowKey::complete).toList();
        update(connection, "repair-stage", parts);
        List<RowKey> settled = complete.isEmpty() ? complete : stage(connection, complete, position, parts);
        if (!settled.isEmpty()) {
            parts.putAll(target.parts(settled));
            changed += update(connection, "repair-delete", parts);
            if (!parts.get("assignments").isEmpty()) {
                changed += update(connection, "repair-update", parts);
            }
            changed += update(connection, "repair-insert", parts);
        }
        return changed;
    }

    private static int update(Connection connection, String template, Map<String, String> parts) throws SQLException {
        return Jdbc.updateAsWritten(
                connection, SqlTemplate.of("8-verify/" + template).with(parts).fill());
    }

    /** Columns that the table computes, and whether nobody else may write them. */
    private Map<String, Boolean> computed(Connection connection) throws SQLException {
        Map<String, Boolean> computed = new HashMap<>();
        Jdbc.listAsWritten(
                connection,
                SqlTemplate.of("8-verify/computed-columns")
                        .with("table", Sql.literal(target.table().sql()))
                        .fill(),
                row -> computed.put(row.getString(1), row.getBoolean(2)));
        return computed;
    }

    /** Copies the current rows from the source into the stage, and returns the keys that may be written. */
    private List<RowKey> stage(Connection into, List<RowKey> keys, Position position, Map<String, String> parts) {
        return source.read(from -> {
            String definition = of.flow().definition(from);
            Map<RowKey, Long> ids = of.flow().sequenceIds(from, keys, source.byText());
            List<RowKey> settled = keys.stream()
                    .filter(key -> position.passed(definition, ids.getOrDefault(key, Flow.NEVER_CHANGED)))
                    .toList();
            if (!settled.isEmpty()) {
                copy(
                        from,
                        source.copy(settled),
                        into,
                        SqlTemplate.of("8-verify/repair-copy").with(parts).fill());
            }
            return settled;
        });
    }

    /** Distinguishes a failure to write from a failure to read: only the former may be the fault of one bad row. */
    private static void copy(Connection from, String out, Connection to, String in) throws SQLException {
        CopyOut rows = from.unwrap(PGConnection.class).getCopyAPI().copyOut(out);
        try (Sink sink = new Sink(to, in)) {
            for (byte[] part = rows.readFromCopy(); part != null; part = rows.readFromCopy()) {
                sink.write(part);
            }
            sink.end();
        } finally {
            if (rows.isActive()) {
                rows.cancelCopy();
            }
        }
    }

    /** The target's end of a copy. */
    private static final class Sink implements AutoCloseable {
        private final CopyIn copy;

        Sink(Connection target, String sql) {
            try {
                copy = target.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        void write(byte[] part) {
            try {
                copy.writeToCopy(part, 0, part.length);
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        void end() {
            try {
                copy.endCopy();
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        @Override
        public void close() {
            try {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        private static VerifyException failed(SQLException e) {
            return VerifyException.of(Side.TARGET, "rows were repaired", e);
        }
    }

    /** Whether the values are at fault, rather than the connection or the rights. */
    private static boolean refused(VerifyException e) {
        return e.getCause() instanceof SQLException sql && SqlState.isARows(sql);
    }
}
