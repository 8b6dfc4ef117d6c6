package dev.tideline.sync.apply;

import dev.tideline.sync.config.ConnectionFailure;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.jdbc.PostgresConnections;
import dev.tideline.sync.jdbc.WatchedSockets;
import dev.tideline.sync.mapping.MissingRight;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Opens sessions with external databases: connects, refuses a database that must not be written to, and makes sure that the
 * metadata table exists. A failure says what to do, and keeps SQLSTATE and cause.
 */
public final class TargetOpening {

    private TargetOpening() {}

    /** Inspects a database that has a schema {@code tideline}, before anything is written there. */
    @FunctionalInterface
    public interface Refusal {
        /** @return why this target cannot be used */
        Optional<String> of(Connection target, String schema) throws SQLException;
    }

    /**
     * @param waiting tells any thread how long the target has not answered, and can cut the connection; closed with the
     *     session
     * @param refusal asked about a database that has a source's schema
     */
    public static TargetSession open(
            ExternalDatabase database, PostgresUrl url, WatchedSockets.Waiting waiting, Refusal refusal)
            throws SQLException {
        Connection connection = connect(url, waiting);
        String schema = null;
        try {
            waiting.bound();
            connection.setAutoCommit(false);
            schema = MetadataTable.schema(connection, url);
            String durable = begin(connection, schema, refusal);
            TargetSession session = new TargetSession(database, connection, waiting, schema, durable);
            MetadataTable.ensure(connection, schema, database.grants());
            session.commit();
            return session;
        } catch (SQLException | RuntimeException | Error e) {
            waiting.close();
            try {
                connection.abort(Runnable::run); // a clean goodbye could block on a connection that nobody reads
            } catch (SQLException alsoClosing) {
                e.addSuppressed(alsoClosing);
            }
            if (waiting.cutBecause().isPresent()) {
                throw new SQLException(waiting.cutBecause().get(), "08006", e);
            }
            if (e instanceof SQLException failed) {
                throw preparing(url, schema, failed);
            }
            throw e;
        }
    }

    private static Connection connect(PostgresUrl url, WatchedSockets.Waiting waiting) throws SQLException {
        try {
            return PostgresConnections.openTarget(url, "tideline-sync", waiting);
        } catch (SQLException e) {
            waiting.close();
            throw waiting.cutBecause()
                    .map(because -> new SQLException(because, "08006", e))
                    .orElseGet(() -> inWords(ConnectionFailure.of(url, e).message(), e));
        } catch (RuntimeException | Error e) {
            waiting.close();
            throw e;
        }
    }

    /**
     * Commits of the session do not wait for the disk: what is reported to the source was flushed before; the rest may be
     * lost, and is fetched again (docs/decisions/0102).
     *
     * @return the level of {@code synchronous_commit} that a flush has to reach
     */
    private static String begin(Connection connection, String schema, Refusal refusal) throws SQLException {
        record Before(String durable, boolean isASource) {}
        Before before = Jdbc.one(
                connection,
                SqlTemplate.text("5-apply/begin-session"),
                row -> new Before(row.getString(1), row.getBoolean(2)));
        if (before.isASource()) {
            Optional<String> refused = refusal.of(connection, schema);
            if (refused.isPresent()) {
                throw new TargetShapeException(refused.get());
            }
        }
        return before.durable().equals("off") ? "local" : before.durable();
    }

    /** The schema or the metadata table could not be created. @param schema null if that is what could not be created */
    private static SQLException preparing(PostgresUrl url, String schema, SQLException e) {
        if (!SqlState.INSUFFICIENT_PRIVILEGE.is(e)) {
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
