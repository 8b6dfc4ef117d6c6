package dev.tideline.sync.apply;

import dev.tideline.sync.config.ExternalDatabasesConfig.Grants;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

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

    private static final String LACKING =
            "SELECT NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(?) AND attname = 'complete_through')";

    /** Creates the table if it is absent, and adds the column that earlier versions of it lack. */
    static void ensure(Connection connection, String schema, Grants grants) throws SQLException {
        String table = Sql.identifier(schema) + NAME;
        if (absent(connection, LACKING, table)) {
            // For two sessions at once: CREATE … IF NOT EXISTS alone would let one of them fail on the catalogue's
            // index.
            Jdbc.one(connection, "SELECT pg_advisory_xact_lock(hashtext('tideline'))", row -> true);
            boolean created = absent(connection, "SELECT to_regclass(?) IS NULL", table);
            Jdbc.execute(
                    connection,
                    SqlTemplate.of("5-apply/create-metadata")
                            .with("schema", Sql.identifier(schema))
                            .fill());
            Jdbc.execute(connection, "ALTER TABLE " + table + " ADD COLUMN IF NOT EXISTS complete_through timestamptz");
            if (created && grants == Grants.PUBLIC_READ) {
                Jdbc.execute(connection, "GRANT SELECT ON " + table + " TO PUBLIC");
            }
        }
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
