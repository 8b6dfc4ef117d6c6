package dev.tideline.sync.mapping;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Version and mode of the source, and the rights of our role in it.
 *
 * @param versionNum {@code server_version_num}: 150004 is 15.4
 * @param version as the server writes it
 * @param standby whether it follows another server
 * @param readOnly whether transactions are read-only by default
 * @param role our role
 * @param mayCreate whether the role may create a schema in this database
 * @param installed whether schema {@code tideline} exists
 */
public record SourceServer(
        int versionNum,
        String version,
        boolean standby,
        boolean readOnly,
        String role,
        String database,
        boolean mayCreate,
        boolean installed) {

    private static final int OLDEST = 13;
    private static final int NEWEST = 18;

    /**
     * Reads it from a server.
     *
     * @param connection to the source, outside a transaction; left as it was
     * @throws SQLException if the connection is lost
     */
    public static SourceServer of(Connection connection) throws SQLException {
        try (SourceSession session = new SourceSession(connection)) {
            return new SourceCatalog(session.connection()).server();
        }
    }

    public int major() {
        return versionNum / 10_000;
    }

    /** Whether Tideline is tested against this major version. */
    public boolean supported() {
        return major() >= OLDEST && major() <= NEWEST;
    }
}
