package dev.tideline.sync.apply;

import dev.tideline.sync.fetch.RowQuery;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a target's table compares with what a mapping needs. Changes nothing, and so serves both to alter the table and
 * to predict what will be altered.
 *
 * @param columns of the mapping, name to type in this target
 * @param exists whether the table exists
 * @param alterations that make it fit; each takes an exclusive lock for a moment
 * @param problem that prevents this, and what to do; then nothing is altered
 * @param rowsMayBeGone whether rows may have been deleted or changed there unnoticed
 * @param rows the planner's estimate
 */
public record TableShape(
        TableName name,
        Map<String, String> columns,
        boolean exists,
        List<Alteration> alterations,
        Optional<String> problem,
        boolean rowsMayBeGone,
        long rows) {

    /**
     * One change of the table.
     *
     * @param clause of ALTER TABLE
     * @param words its description
     */
    public record Alteration(String clause, String words) {}

    /**
     * Compares.
     *
     * @param connection to the target, in a transaction
     * @param schema that stands for {@code public} there
     * @param ours whether the table already has the mapping's rows, so that it may be altered
     * @param filling whether a first copy is in progress, so that the key may have to wait for its end
     * @param mapped the tables of all mappings without a filter, quoted
     */
    public static TableShape of(
            Connection connection,
            Mapping mapping,
            String schema,
            boolean ours,
            boolean filling,
            Collection<String> mapped)
            throws SQLException {
        TableName name = mapping.target().inSchema(schema);
        Map<String, String> wanted = wantedColumns(connection, mapping);
        List<Size> size = Jdbc.list(
                connection,
                SqlTemplate.text("5-apply/table-size"),
                row -> new Size(row.getLong(1), row.getLong(2)),
                name.sql());
        if (size.isEmpty()) {
            return new TableShape(name, wanted, false, List.of(), otherKind(connection, name), false, 0);
        }
        TableComparison comparison =
                new TableComparison(connection, mapping, name, size.get(0).bytes(), ours);
        for (Map.Entry<String, String> column : wanted.entrySet()) {
            comparison.column(column.getKey(), column.getValue());
        }
        if (!(ours && filling)) {
            comparison.key();
        }
        comparison.insertable(wanted.keySet());
        List<String> cascades = comparison.cascades(mapped);
        return new TableShape(
                name,
                wanted,
                true,
                comparison.alterations(),
                comparison.problem(),
                !cascades.isEmpty(),
                size.get(0).rows());
    }

    /** A relation of the same name that is not a table. */
    private static Optional<String> otherKind(Connection connection, TableName name) throws SQLException {
        return Jdbc.list(connection, SqlTemplate.text("5-apply/kind"), row -> row.getString(1), name.sql()).stream()
                .findFirst()
                .map(kind -> name + " is " + kind
                        + " there, not a table. Rename or drop it, or give the mapping another target");
    }

    private record Size(long bytes, long rows) {}

    /** Name to type, in the order of the select. A type that this target lacks becomes text. */
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
                            TypeChange.withoutModifier(column.plainType()));
            wanted.put(column.name(), known ? column.plainType() : "text");
        }
        return wanted;
    }
}
