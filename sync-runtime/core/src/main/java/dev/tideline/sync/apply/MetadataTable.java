package dev.tideline.sync.apply;

import dev.tideline.sync.config.ExternalDatabasesConfig.Grants;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A target's {@code tideline_sync_metadata}, and its schema. */
final class MetadataTable {

    private static final String NAME = ".tideline_sync_metadata";

    private MetadataTable() {}

    /** The schema that stands for {@code public} in the target; created if the address names one that is absent. */
    static String schema(Connection connection, PostgresUrl url) throws SQLException {
        String wanted = url.properties().get("currentSchema");
        // Postgres demands the right to create a schema even if IF NOT EXISTS finds it.
        if (wanted != null && absent(connection, "SELECT to_regnamespace(?) IS NULL", Sql.identifier(wanted))) {
            Jdbc.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(wanted));
        }
        return Jdbc.one(connection, "SELECT coalesce(current_schema()::text, 'public')", row -> row.getString(1));
    }

    private static final String COMPLETE_THROUGH = "complete_through";

    /** Creates the table if it is absent, and adds the column that one of an earlier version lacks. */
    static void ensure(Connection connection, String schema, Grants grants) throws SQLException {
        String table = Sql.identifier(schema) + NAME;
        if (changed(connection, table).isEmpty()) {
            return;
        }
        // Two sessions at once: CREATE … IF NOT EXISTS alone would let one of them fail on the catalogue's index.
        Jdbc.one(connection, "SELECT pg_advisory_xact_lock(hashtext('tideline'))", row -> true);
        if (absent(connection, "SELECT to_regclass(?) IS NULL", table)) {
            Jdbc.execute(
                    connection,
                    SqlTemplate.of("5-apply/create-metadata")
                            .with("schema", Sql.identifier(schema))
                            .fill());
            if (grants == Grants.PUBLIC_READ) {
                Jdbc.execute(connection, "GRANT SELECT ON " + table + " TO PUBLIC");
            }
        }
        Map<String, String> changed = changed(connection, table);
        if (changed.remove(COMPLETE_THROUGH) != null) {
            Jdbc.execute(connection, "ALTER TABLE " + table + " ADD COLUMN IF NOT EXISTS complete_through timestamptz");
        }
        if (!changed.isEmpty()) {
            throw new TargetShapeException("table " + schema + NAME + " is not as Tideline created it: "
                    + String.join(", ", changed.values())
                    + ". Restore that; or drop the table and the mapped tables, and they are created and copied again");
        }
    }

    /** What is not as it was created, by column. */
    private static Map<String, String> changed(Connection connection, String table) throws SQLException {
        Map<String, String> changed = new LinkedHashMap<>();
        Jdbc.list(
                connection,
                SqlTemplate.text("5-apply/changed-metadata"),
                row -> changed.put(row.getString(1), row.getString(2)),
                table);
        return changed;
    }

    /** The error for a metadata table on which an update has no effect, or another one. */
    static TargetShapeException held(Connection connection, String schema) throws SQLException {
        List<String> causes = WrittenRows.interference(connection, Sql.identifier(schema) + NAME);
        return new TargetShapeException("the database does not keep what Tideline writes to " + schema + NAME
                + (causes.isEmpty() ? "" : ", which has " + String.join(", ", causes))
                + ". Drop what prevents it there; Tideline then tries again");
    }

    private static boolean absent(Connection connection, String question, String name) throws SQLException {
        return Jdbc.one(connection, question, row -> row.getBoolean(1), name);
    }
}
