package dev.tideline.sync.apply;

import dev.tideline.sync.config.ExternalDatabasesConfig.Grants;
import dev.tideline.sync.fetch.RowQuery;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes a mapping's table in a target, or sees whether the one that is there will do. Columns that the user added are
 * left alone; a column that the mapping gained is added to a table of ours. Used within one session.
 */
final class TargetSchema {

    private final TargetSession session;
    private final Connection connection;

    TargetSchema(TargetSession session) {
        this.session = session;
        this.connection = session.connection();
    }

    /**
     * @param ours whether this target has had the mapping before, so that its table may be changed
     * @param filling whether a first copy of ours is under way, so that the key may have to wait for its end
     */
    TargetTable ensure(Mapping mapping, String stage, boolean ours, boolean filling) throws SQLException {
        TableName name = mapping.target().schema().equals("public")
                ? new TableName(session.schema(), mapping.target().name())
                : mapping.target();
        // Two sessions at once: CREATE … IF NOT EXISTS alone would let one of them fail on the catalogue's index.
        Jdbc.one(connection, "SELECT pg_advisory_xact_lock(hashtext('tideline'))", row -> true);
        Map<String, String> wanted = wantedColumns(mapping);
        boolean exists = exists(name);
        if (exists) {
            adapt(mapping, name, wanted, ours, filling);
        } else {
            create(mapping, name, wanted);
        }
        TargetTable table = new TargetTable(mapping, name, stage, !exists);
        Jdbc.execute(connection, table.createStage());
        connection.commit();
        return table;
    }

    /** Name to type, in the order of the select. A type that this target does not have becomes text. */
    private Map<String, String> wantedColumns(Mapping mapping) throws SQLException {
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
                            column.plainType().replaceFirst("\\(.*?\\)", ""));
            wanted.put(column.name(), known ? column.plainType() : "text");
        }
        return wanted;
    }

    private boolean exists(TableName name) throws SQLException {
        return Jdbc.one(connection, "SELECT to_regclass(?) IS NOT NULL", row -> row.getBoolean(1), name.sql());
    }

    private void create(Mapping mapping, TableName name, Map<String, String> wanted) throws SQLException {
        if (!name.schema().equals(session.schema())) {
            Jdbc.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(name.schema()));
        }
        String columns = wanted.entrySet().stream()
                .map(column -> Sql.identifier(column.getKey()) + " " + column.getValue())
                .collect(Collectors.joining(", "));
        Jdbc.execute(
                connection,
                "CREATE TABLE IF NOT EXISTS " + name.sql() + " (" + columns + ", PRIMARY KEY ("
                        + Sql.list(mapping.key(), Column::sql) + "))");
        if (session.database().grants() == Grants.PUBLIC_READ) {
            if (!name.schema().equals("public")) {
                Jdbc.execute(connection, "GRANT USAGE ON SCHEMA " + Sql.identifier(name.schema()) + " TO PUBLIC");
            }
            Jdbc.execute(connection, "GRANT SELECT ON " + name.sql() + " TO PUBLIC");
        }
    }

    private void adapt(Mapping mapping, TableName name, Map<String, String> wanted, boolean ours, boolean filling)
            throws SQLException {
        Map<String, String> present = new LinkedHashMap<>();
        Jdbc.list(
                connection,
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                        + " WHERE attrelid = CAST(? AS regclass) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                row -> present.put(row.getString(1), row.getString(2)),
                name.sql());
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> column : wanted.entrySet()) {
            String type = present.get(column.getKey());
            if (type == null && ours) {
                Jdbc.execute(
                        connection,
                        "ALTER TABLE " + name.sql() + " ADD COLUMN " + Sql.identifier(column.getKey()) + " "
                                + column.getValue());
            } else if (type == null) {
                wrong.add("column " + column.getKey() + " " + column.getValue() + " is missing");
            } else if (!sameType(type, column.getValue())) {
                wrong.add("column " + column.getKey() + " is " + type + ", and the mapping gives " + column.getValue());
            }
        }
        if (!filling && !new TargetKey(connection, name.sql(), mapping.key()).present()) {
            wrong.add("there is no primary key or unique index on (" + Sql.list(mapping.key(), Column::name) + ")");
        }
        if (!wrong.isEmpty()) {
            throw new TargetShapeException("table " + name + " is there and has another shape: "
                    + String.join("; ", wrong)
                    + ". Rename or drop it, or give the mapping another target");
        }
    }

    private boolean sameType(String present, String wanted) throws SQLException {
        return present.equals(wanted)
                || Jdbc.one(
                        connection,
                        "SELECT to_regtype(?) IS NOT DISTINCT FROM to_regtype(?)",
                        row -> row.getBoolean(1),
                        present.replaceFirst("\\(.*?\\)", ""),
                        wanted.replaceFirst("\\(.*?\\)", ""));
    }
}
