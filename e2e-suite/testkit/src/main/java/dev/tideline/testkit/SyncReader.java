package dev.tideline.testkit;

import dev.tideline.testkit.SyncProbe.Fence;
import dev.tideline.testkit.SyncProbe.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A probe's queries at one end of a sync. */
record SyncReader(PostgresUrl url) {
    private static final String UNDEFINED_TABLE = "42P01";
    private static final int SHOWN_KEYS = 10;

    List<Map<String, Object>> rows(String table, Map<String, ?> key) throws SQLException {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("A row is found by its key: name at least one column");
        }
        String condition = key.keySet().stream()
                .map(column -> quoted(column) + "::text = ?")
                .collect(Collectors.joining(" AND "));
        String sql = "SELECT * FROM "
                + Arrays.stream(table.split("\\.", 2)).map(SyncReader::quoted).collect(Collectors.joining("."))
                + " WHERE "
                + condition;
        return ask(sql, row -> row, key.values().toArray());
    }

    static boolean has(Map<String, Object> row, Map<String, ?> values) {
        return values.entrySet().stream()
                .allMatch(wanted -> row.containsKey(wanted.getKey())
                        && Objects.equals(text(row.get(wanted.getKey())), text(wanted.getValue())));
    }

    /** The target's cursor; empty before the first sync. */
    OptionalLong cursor(String mapping) throws SQLException {
        try {
            return number(ask(
                    "SELECT last_synced_sequence_id AS id FROM tideline_sync_metadata WHERE mapping_name = ?",
                    row -> row.get("id"),
                    mapping));
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    OptionalLong sequenceId(Scope scope, String key) throws SQLException {
        return number(ask(
                "SELECT max(sequence_id) AS id FROM tideline.row_state"
                        + " WHERE \"table\" = ? AND tenant::text = ? AND key = ?",
                row -> row.get("id"),
                scope.table(),
                scope.tenant(),
                key));
    }

    /** The highest sequence id of the tenant; empty as long as the fence's row has no new one. */
    OptionalLong goal(Scope scope, Fence fence) throws SQLException {
        // One statement, hence one snapshot: what came before the fence's change is below the maximum.
        String sql = "SELECT max(sequence_id) AS id FROM tideline.row_state WHERE \"table\" = ? AND tenant::text = ?";
        if (fence == null) {
            OptionalLong highest = number(ask(sql, row -> row.get("id"), scope.table(), scope.tenant()));
            return OptionalLong.of(highest.orElse(-1));
        }
        return number(ask(
                sql + " HAVING max(sequence_id) FILTER (WHERE key = ?) > ?",
                row -> row.get("id"),
                scope.table(),
                scope.tenant(),
                fence.key(),
                fence.sequenceId()));
    }

    List<String> behind(Scope scope, long cursor) throws SQLException {
        return ask(
                "SELECT key, sequence_id, deleted FROM tideline.row_state"
                        + " WHERE \"table\" = ? AND tenant::text = ? AND sequence_id > ? ORDER BY sequence_id LIMIT "
                        + SHOWN_KEYS,
                row -> row.get("key") + " (sequence id " + row.get("sequence_id")
                        + (Boolean.TRUE.equals(row.get("deleted")) ? ", deleted)" : ")"),
                scope.table(),
                scope.tenant(),
                cursor);
    }

    @Override
    public String toString() {
        return url.toString();
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(Map<String, Object> row);
    }

    private <T> List<T> ask(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        try (Connection connection = url.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof Long number) {
                    statement.setLong(i + 1, number);
                } else {
                    statement.setString(i + 1, text(parameters[i]));
                }
            }
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                        row.put(result.getMetaData().getColumnLabel(column), result.getObject(column));
                    }
                    rows.add(reader.read(row));
                }
                return rows;
            }
        }
    }

    private static OptionalLong number(List<Object> rows) {
        return rows.isEmpty() || rows.get(0) == null
                ? OptionalLong.empty()
                : OptionalLong.of(((Number) rows.get(0)).longValue());
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
