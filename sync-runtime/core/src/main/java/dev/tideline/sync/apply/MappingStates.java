package dev.tideline.sync.apply;

import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a session knows about {@code tideline_sync_metadata}: each mapping's state and table. Used by one thread. */
final class MappingStates {

    private final String tenant;
    private final String schema;
    private final Map<String, MappingState> states = new HashMap<>();
    private final Map<String, String> tableNames = new HashMap<>();
    private boolean known;

    MappingStates(String tenant, String schema) {
        this.tenant = tenant;
        this.schema = schema;
    }

    void read(Connection connection, String sql) throws SQLException {
        states.clear();
        tableNames.clear();
        Jdbc.list(connection, sql, row -> {
            if (!row.getString("tenant").equals(tenant)) {
                throw new TargetShapeException(
                        TargetShapeException.ofAnotherTenant(row.getString("tenant"), schema, tenant));
            }
            String mapping = row.getString("mapping_name");
            tableNames.put(mapping, row.getString("table_name"));
            return states.put(mapping, state(row));
        });
        known = true;
    }

    private static MappingState state(ResultSet row) throws SQLException {
        String copying = row.getString("copy_definition");
        Optional<MappingState.Copy> copy = copying == null
                ? Optional.empty()
                : Optional.of(new MappingState.Copy(
                        copying,
                        row.getLong("copy_sequence_id"),
                        CopyPosition.of(row.getString("copy_position")),
                        row.getLong("copy_rows"),
                        row.getBoolean("copy_prune")));
        return new MappingState(
                row.getLong("last_synced_sequence_id"),
                Optional.ofNullable(row.getString("definition")),
                copy,
                new MappingState.Refusals(row.getBoolean("parked"), row.getInt("refused")));
    }

    /** Whether they were read, and may still be current. */
    boolean known() {
        return known;
    }

    void forget() {
        known = false;
    }

    MappingState of(Mapping mapping) {
        return states.getOrDefault(mapping.name(), MappingState.NEW);
    }

    void set(Mapping mapping, MappingState state) {
        states.put(mapping.name(), state);
    }

    /** Whether a table contains rows of any mapping of ours. */
    boolean names(TableName table) {
        return tableNames.containsValue(table.sql());
    }
}
