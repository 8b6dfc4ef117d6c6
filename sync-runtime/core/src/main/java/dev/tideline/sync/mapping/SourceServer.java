package dev.tideline.sync.mapping;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the source is, and what our role may do in it.
 *
 * @param versionNum as {@code server_version_num}: 150004 is 15.4
 * @param version as the server writes it
 * @param standby whether it only follows another server
 * @param readOnly whether transactions are read-only unless they say otherwise
 * @param role who we are
 * @param mayCreate whether the role may create a schema in this database
 * @param installed whether schema {@code tideline} is there
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
     * Asks a server.
     *
     * @param connection to the source, outside a transaction; left as it was
     * @throws SQLException if the connection is lost
     */
    public static SourceServer of(Connection connection) throws SQLException {
        try (SourceSession session = new SourceSession(connection)) {
            return new SourceCatalog(session.connection()).server();
        }
    }

    /** The major version. */
    public int major() {
        return versionNum / 10_000;
    }

    /** Whether Tideline is tested against this major version. */
    public boolean supported() {
        return major() >= OLDEST && major() <= NEWEST;
    }
}
