package dev.tideline.sync.capture;

import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings schema {@code tideline} of a source to this version, or says how far it is from it. */
public final class Migration {

    /** How the schema stands to this version. */
    public enum State {
        /** There is none. */
        NONE,
        /** An earlier version made it. */
        EARLIER,
        /** It is this version's. */
        CURRENT
    }

    private Migration() {}

    /** Brings schema {@code tideline} to this version. Two at once wait for each other. */
    public static void run(DataSource source) {
        Flyway flyway = flyway(source);
        flyway.repair(); // two comments were put into ASCII, for sources of any encoding, and that is all that differs
        flyway.migrate();
    }

    /** Looks, and changes nothing. */
    public static State state(SourceDatabase source) throws SQLException {
        try (Connection connection = source.connection()) {
            boolean there = Jdbc.one(
                    connection, "SELECT to_regclass('tideline.schema_history') IS NOT NULL", row -> row.getBoolean(1));
            if (!there) {
                return State.NONE;
            }
        }
        return flyway(source.pool()).info().pending().length > 0 ? State.EARLIER : State.CURRENT;
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure(Migration.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:dev/tideline/sync/migration")
                .schemas("tideline")
                .defaultSchema("tideline")
                .createSchemas(true)
                .table("schema_history")
                .cleanDisabled(true)
                .load();
    }
}
