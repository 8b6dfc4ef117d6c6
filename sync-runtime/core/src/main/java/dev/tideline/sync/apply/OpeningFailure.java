package dev.tideline.sync.apply;

import dev.tideline.sync.config.ConnectionFailure;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.mapping.MissingRight;
import java.sql.SQLException;

/** Explains why a session with a target could not be opened, and what to do. Keeps SQLSTATE and cause. */
final class OpeningFailure {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private OpeningFailure() {}

    /** The login failed. */
    static SQLException connecting(PostgresUrl url, SQLException e) {
        return inWords(ConnectionFailure.of(url, e).message(), e);
    }

    /**
     * The schema or the metadata table could not be created. @param schema where tables go; null if it could not be
     * created
     */
    static SQLException preparing(PostgresUrl url, String schema, SQLException e) {
        if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
            return e;
        }
        String role = url.user().orElseThrow();
        return inWords(
                schema == null
                        ? MissingRight.toCreateSchema(role, url.schema(), url.database())
                        : MissingRight.toCreateTables(role, schema),
                e);
    }

    private static SQLException inWords(String message, SQLException e) {
        return new SQLException(message, e.getSQLState(), e);
    }
}
