package dev.tideline.sync.install;

import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Migrates schema {@code tideline} of a source to this version, or compares their versions. */
public final class Migration {

    /** The schema's version compared with this one. */
    public enum State {
        /** There is no schema. */
        NONE,
        /** An earlier version created it. */
        EARLIER,
        /** It has this version. */
        CURRENT
    }

    private Migration() {}

    /** Migrates schema {@code tideline} to this version. Concurrent calls wait for each other. */
    public static void run(DataSource source) {
        followChecksums(source);
        flyway(source).migrate();
    }

    private static void followChecksums(DataSource source) {
        try (Connection connection = source.getConnection()) {
            if (exists(connection)) {
                Jdbc.update(connection, SqlTemplate.text("1-capture/ascii-comments"));
            }
        } catch (SQLException e) {
            throw new SyncException("install failed: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        return Jdbc.one(
                connection, "SELECT to_regclass('tideline.schema_history') IS NOT NULL", row -> row.getBoolean(1));
    }

    /** Reads the state, and changes nothing. */
    public static State state(SourceDatabase source) throws SQLException {
        try (Connection connection = source.connection()) {
            if (!exists(connection)) {
                return State.NONE;
            }
        }
        return flyway(source.pool()).info().pending().length > 0 ? State.EARLIER : State.CURRENT;
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure(Migration.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:dev/tideline/sync/install/migration")
                .schemas("tideline")
                .defaultSchema("tideline")
                .createSchemas(true)
                .table("schema_history")
                .cleanDisabled(true)
                .load();
    }
}
