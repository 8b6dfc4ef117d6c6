package dev.tideline.sync.layout;

import dev.tideline.sync.error.NotInstalledException;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;

/** The version of schema {@code tideline} that this engine works with. */
public final class SchemaVersion {

    /** The newest migration; a test compares it with sync-runtime-install. */
    public static final int REQUIRED = 26;

    private SchemaVersion() {}

    /**
     * Returns if the source has this version, or no schema {@code tideline} at all.
     *
     * @throws NotInstalledException if another version of Tideline installed it
     */
    public static void check(Connection source) throws SQLException {
        boolean installed =
                Jdbc.one(source, "SELECT to_regclass('tideline.schema_history') IS NOT NULL", row -> row.getBoolean(1));
        if (!installed) {
            return;
        }
        int version = Jdbc.one(
                source,
                "SELECT coalesce(max(version::int), 0) FROM tideline.schema_history WHERE success",
                row -> row.getInt(1));
        if (version != REQUIRED) {
            throw new NotInstalledException(version, REQUIRED);
        }
    }
}
