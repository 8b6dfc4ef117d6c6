package dev.tideline.sync.apply;

import dev.tideline.sync.fetch.RowQuery;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a target's table compares with what a mapping gives: found out without changing anything, for whoever brings it
 * along and for whoever only says what that will do.
 *
 * @param columns what the mapping gives, name to type as this target has it
 * @param exists whether the table is there
 * @param alterations what brings it along, each of them for a moment of an exclusive lock
 * @param problem what stands against it, and what to do; then nothing is altered
 * @param rows the planner's estimate
 */
public record TableShape(
        TableName name,
        Map<String, String> columns,
        boolean exists,
        List<Alteration> alterations,
        Optional<String> problem,
        long rows) {

    /** Up to this size Postgres may write a table anew while its readers wait: that takes well under a second. */
    static final long REWRITTEN_AT_ONCE = 16L << 20;

    /**
     * One change of the table.
     *
     * @param clause of ALTER TABLE
     * @param words what it is
     */
    public record Alteration(String clause, String words) {}

    /**
     * Compares.
     *
     * @param connection to the target, in a transaction
     * @param schema what stands there in place of {@code public}
     * @param ours whether the table has the mapping's rows already, so that it may be changed
     * @param filling whether a first copy is under way, so that the key may have to wait for its end
     */
    public static TableShape of(Connection connection, Mapping mapping, String schema, boolean ours, boolean filling)
            throws SQLException {
        TableName name = mapping.target().inSchema(schema);
        Map<String, String> wanted = wantedColumns(connection, mapping);
        List<Size> size = Jdbc.list(
                connection,
                "SELECT pg_table_size(c.oid), greatest(-1, c.reltuples)::bigint FROM pg_class c"
                        + " WHERE c.oid = to_regclass(?) AND c.relkind IN ('r', 'p')",
                row -> new Size(row.getLong(1), row.getLong(2)),
                name.sql());
        if (size.isEmpty()) {
            return new TableShape(name, wanted, false, List.of(), Optional.empty(), 0);
        }
        Comparison comparison =
                new Comparison(connection, mapping, name, size.get(0).bytes(), ours);
        for (Map.Entry<String, String> column : wanted.entrySet()) {
            comparison.column(column.getKey(), column.getValue());
        }
        if (!(ours && filling)) {
            comparison.key();
        }
        return new TableShape(
                name,
                wanted,
                true,
                comparison.alterations,
                comparison.problem(),
                size.get(0).rows());
    }

    private record Size(long bytes, long rows) {}

    /** Name to type, in the order of the select. A type that this target does not have becomes text. */
    private static Map<String, String> wantedColumns(Connection connection, Mapping mapping) throws SQLException {
        Map<String, String> wanted = new LinkedHashMap<>();
        List<Column> columns = new ArrayList<>(mapping.columns());
        RowQuery.travelOrder(mapping).stream()
                .filter(column -> !columns.contains(column))
                .forEach(columns::add);
        for (Column column : columns) {
            boolean known = column.builtIn()
                    || Jdbc.one(
                            connection,
                            "SELECT to_regtype(?) IS NOT NULL",
                            row -> row.getBoolean(1),
                            withoutModifier(column.plainType()));
            wanted.put(column.name(), known ? column.plainType() : "text");
        }
        return wanted;
    }

    private static String withoutModifier(String type) {
        return type.replaceFirst("\\(.*?\\)", "");
    }

    /** Gathers what lacks and what is wrong. */
    private static final class Comparison {

        private final Connection connection;
        private final Mapping mapping;
        private final TableName name;
        private final long bytes;
        private final boolean ours;
        private final Map<String, String> present;
        private final List<Alteration> alterations = new ArrayList<>();
        private final List<String> wrong = new ArrayList<>();

        Comparison(Connection connection, Mapping mapping, TableName name, long bytes, boolean ours)
                throws SQLException {
            this.connection = connection;
            this.mapping = mapping;
            this.name = name;
            this.bytes = bytes;
            this.ours = ours;
            this.present = new LinkedHashMap<>();
            Jdbc.list(
                    connection,
                    "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                            + " WHERE attrelid = CAST(? AS regclass) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                    row -> present.put(row.getString(1), row.getString(2)),
                    name.sql());
        }

        Optional<String> problem() throws SQLException {
            if (!wrong.isEmpty()) {
                String all = String.join("; ", wrong);
                return Optional.of(
                        ours
                                ? "table " + name + " cannot be brought to the mapping: " + all
                                : "table " + name + " is there and has another shape: " + all
                                        + ". Rename or drop it, or give the mapping another target");
            }
            boolean strangers = !ours
                    && Jdbc.one(
                            connection, "SELECT EXISTS (SELECT 1 FROM " + name.sql() + ")", row -> row.getBoolean(1));
            return strangers
                    ? Optional.of("table " + name + " is there and has rows that Tideline did not bring, which the"
                            + " mapping's would replace. Empty, rename or drop it, or give the mapping another target")
                    : Optional.empty();
        }

        void column(String column, String wanted) throws SQLException {
            String type = present.get(column);
            if (type == null && ours) {
                alterations.add(new Alteration(
                        "ADD COLUMN " + Sql.identifier(column) + " " + wanted,
                        "column " + column + " " + wanted + " added"));
            } else if (type == null) {
                wrong.add("column " + column + " " + wanted + " is missing");
            } else if (!type.equals(wanted)) {
                otherType(column, type, wanted);
            }
        }

        private void otherType(String column, String type, String wanted) throws SQLException {
            boolean sameBase = Jdbc.one(
                    connection,
                    "SELECT to_regtype(?) IS NOT DISTINCT FROM to_regtype(?)",
                    row -> row.getBoolean(1),
                    withoutModifier(type),
                    withoutModifier(wanted));
            String is = "column " + column + " is " + type + ", and the mapping gives " + wanted;
            if (!ours) {
                if (!sameBase) {
                    wrong.add(is);
                }
                return;
            }
            String clause = "ALTER COLUMN " + Sql.identifier(column) + " TYPE " + wanted + " USING "
                    + Sql.identifier(column) + "::" + wanted;
            String alter = "ALTER TABLE " + name.sql() + " " + clause;
            String drop = "ALTER TABLE " + name.sql() + " DROP COLUMN " + Sql.identifier(column)
                    + ", whereupon it is added anew and filled";
            boolean key = mapping.key().stream().anyMatch(k -> k.name().equals(column));
            switch (probe(type, wanted)) {
                case FREE ->
                    alterations.add(new Alteration(clause, "column " + column + " from " + type + " to " + wanted));
                case REWRITE -> {
                    if (sameBase) {
                        return; // wider than what the mapping gives: its owner's choice, and all values fit
                    }
                    if (bytes <= REWRITTEN_AT_ONCE) {
                        alterations.add(new Alteration(
                                clause,
                                "column " + column + " from " + type + " to " + wanted
                                        + ", for which Postgres writes the table anew (" + kilobytes() + " kB)"));
                    } else {
                        wrong.add(is + "; to change it Postgres would write " + kilobytes()
                                + " kB anew while readers wait. Run there when that suits: " + alter
                                + (key ? "" : "; or, without making readers wait: " + drop));
                    }
                }
                case IMPOSSIBLE ->
                    wrong.add(is + ", and Postgres does not convert the one into the other. Run there: "
                            + (key
                                    ? "ALTER TABLE " + name.sql() + " RENAME TO another name, whereupon it is made anew"
                                    : drop));
            }
        }

        private long kilobytes() {
            return (bytes + 1023) / 1024;
        }

        private enum Probe {
            FREE,
            REWRITE,
            IMPOSSIBLE
        }

        /** Asks Postgres, with an empty table that nobody sees, whether the change means to write rows anew. */
        private Probe probe(String from, String to) throws SQLException {
            java.sql.Savepoint before = connection.setSavepoint();
            try {
                Jdbc.execute(
                        connection,
                        SqlTemplate.of("5-apply/probe-type")
                                .with("from", from)
                                .with("to", to)
                                .fill());
                boolean free = Jdbc.one(
                        connection,
                        "SELECT pg_relation_filenode('pg_temp.tideline_probe')"
                                + " = (SELECT node FROM pg_temp.tideline_probe_node)",
                        row -> row.getBoolean(1));
                return free ? Probe.FREE : Probe.REWRITE;
            } catch (SQLException e) {
                if (e.getSQLState() != null && e.getSQLState().startsWith("42")) {
                    return Probe.IMPOSSIBLE;
                }
                throw e;
            } finally {
                connection.rollback(before);
            }
        }

        void key() throws SQLException {
            if (!new TargetKey(connection, name.sql(), mapping.key()).present()) {
                wrong.add("there is no primary key or unique index on (" + Sql.list(mapping.key(), Column::name) + ")");
            }
        }
    }
}
