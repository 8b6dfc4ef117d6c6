package dev.tideline.sync.model;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The external databases: what the application's table says of them, and what is in them. Used by one thread. */
final class Targets implements AutoCloseable {

    /** Rows by mapping, each as one text; and the cursor of each mapping. */
    record Content(Map<String, List<List<String>>> rows, Map<String, Long> cursors) {

        Set<String> texts(String mapping) {
            return rows.getOrDefault(mapping, List.of()).stream()
                    .map(row -> Expectation.text(row.toArray(String[]::new)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private final Arena arena;
    private final Connection source;
    private final Connection targets;
    private final Map<Slot, Boolean> listed = new EnumMap<>(Slot.class); // whether enabled
    private final Set<Slot> down = java.util.EnumSet.noneOf(Slot.class);

    Targets(Arena arena) throws SQLException {
        this.arena = arena;
        this.source = arena.source();
        this.targets = arena.targets();
    }

    /** Those that have to follow. */
    List<Slot> followed() {
        return listed.keySet().stream()
                .filter(slot -> listed.get(slot) && !down.contains(slot))
                .toList();
    }

    void add(Slot slot) throws SQLException {
        execute(
                source,
                "INSERT INTO external_database VALUES ('" + slot.tenant() + "', '" + slot + "', '" + arena.url(slot)
                        + "', true) ON CONFLICT (tenant, name) DO UPDATE SET enabled = true");
        listed.put(slot, true);
    }

    void remove(Slot slot) throws SQLException {
        execute(source, "DELETE FROM external_database WHERE name = '" + slot + "'");
        listed.remove(slot);
    }

    void disable(Slot slot) throws SQLException {
        if (listed.containsKey(slot)) {
            execute(source, "UPDATE external_database SET enabled = false WHERE name = '" + slot + "'");
            listed.put(slot, false);
        }
    }

    void cut(Slot slot) throws SQLException {
        execute(
                targets,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + slot.role()
                        + "' AND query LIKE '%" + arena.schema(slot) + ".%'");
    }

    /** Roles are shared by all histories of a server, so a target goes down by its schema, not by its login. */
    void down(Slot slot) throws SQLException {
        if (!exists(slot) || !down.add(slot)) {
            return;
        }
        rename(arena.schema(slot), arena.schema(slot) + "_down");
        execute(targets, "CREATE SCHEMA " + arena.schema(slot) + " AUTHORIZATION postgres");
        cut(slot);
    }

    void up(Slot slot) throws SQLException {
        if (down.remove(slot)) {
            execute(targets, "DROP SCHEMA " + arena.schema(slot) + " CASCADE");
            rename(arena.schema(slot) + "_down", arena.schema(slot));
        }
    }

    void allUp() throws SQLException {
        for (Slot slot : Slot.values()) {
            up(slot);
        }
    }

    /** Again, where the runtime is granting rights on the schema at the same moment. */
    private void rename(String from, String to) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                execute(targets, "ALTER SCHEMA " + from + " RENAME TO " + to);
                return;
            } catch (SQLException e) {
                if (attempt == 10 || !e.getMessage().contains("tuple concurrently updated")) {
                    throw e;
                }
            }
        }
    }

    private boolean exists(Slot slot) throws SQLException {
        return !query(targets, "SELECT 1 FROM pg_namespace WHERE nspname = '" + arena.schema(slot) + "'")
                .isEmpty();
    }

    /** What is in an external database now. */
    Content content(Slot slot) throws SQLException {
        String schema = arena.schema(slot) + (down.contains(slot) ? "_down" : "");
        List<String> tables = query(
                        targets,
                        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                                + " WHERE n.nspname = '" + schema + "' AND c.relkind = 'r'")
                .stream()
                .map(row -> row.get(0))
                .toList();
        Map<String, List<List<String>>> rows = new HashMap<>();
        for (Map.Entry<String, List<String>> mapping : Expectation.COLUMNS.entrySet()) {
            if (tables.contains(mapping.getKey())) {
                rows.put(
                        mapping.getKey(),
                        query(
                                targets,
                                "SELECT " + String.join(", ", mapping.getValue()) + " FROM " + schema + "."
                                        + mapping.getKey()));
            }
        }
        Map<String, Long> cursors = new HashMap<>();
        if (tables.contains("tideline_sync_metadata")) {
            query(targets, "SELECT mapping_name, last_synced_sequence_id FROM " + schema + ".tideline_sync_metadata")
                    .forEach(row -> cursors.put(row.get(0), Long.valueOf(row.get(1))));
        }
        return new Content(rows, cursors);
    }

    /** The rows of a table of the source, as everybody sees them. */
    List<List<String>> source(ModelTable table) throws SQLException {
        return query(source, "SELECT " + String.join(", ", table.columns()) + " FROM " + table.sql());
    }

    /** Whether the status names security by row as what keeps a mapping from following. */
    boolean saysHidden(Slot slot, String mapping) throws SQLException {
        return !query(
                        source,
                        "SELECT 1 FROM tideline.target_state WHERE tenant = '" + slot.tenant() + "' AND target = '"
                                + slot + "' AND mapping_name IN ('', '" + mapping
                                + "') AND error LIKE '%row-level security%'")
                .isEmpty();
    }

    void fuse(String stage, boolean enabled) throws SQLException {
        new dev.tideline.sync.Fusebox(source).set(stage, enabled);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<List<String>> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        source.close();
        targets.close();
    }
}
