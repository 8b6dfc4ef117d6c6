package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A connection with the settings under which both sides write values alike, one transaction at a time. Used by one
 * thread at a time; only {@link #abort()} may be called from another.
 */
final class Session implements AutoCloseable {

    private final Side side;
    private final Connection connection;
    private volatile String settings = "";

    private Session(Side side, Connection connection) {
        this.side = side;
        this.connection = connection;
    }

    /**
     * @param connections of that side
     */
    static Session open(Side side, Comparison.Connections connections) {
        try {
            return new Session(side, connections.open());
        } catch (SQLException e) {
            throw VerifyException.of(side, "connecting", e);
        }
    }

    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * The properties of a server that matter for a comparison.
     *
     * @param version {@code server_version_num}: 150004 is 15.4
     * @param schema where unqualified names are created
     * @param probe the fast hash of a known text; empty if text is not stored as UTF-8
     */
    record Server(int version, String searchPath, String schema, OptionalLong probe) {

        /** A mapping's table on this server: {@code public} stands for the connection's own schema. */
        TableName tableOf(TableName target) {
            return target.schema().equals("public") ? new TableName(schema, target.name()) : target;
        }
    }

    /** The server's properties, read before its own settings are replaced. */
    Server server() {
        return read(
                "asking for its version",
                open -> Jdbc.oneAsWritten(open, SqlTemplate.text("8-verify/server"), row -> {
                    long probe = row.getLong("probe");
                    OptionalLong utf8Probe = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(probe);
                    return new Server(
                            row.getInt("version"), row.getString("search_path"), row.getString("schema"), utf8Probe);
                }));
    }

    /**
     * @param searchPath of the source, relative to which names of types and tables are written
     */
    Session withSearchPath(String searchPath) {
        settings = SqlTemplate.of("8-verify/session")
                .with(Map.of("searchPath", Sql.literal(searchPath)))
                .fill();
        return this;
    }

    /** Begins a read-only transaction with one snapshot. It ends with the session, or with the next transaction. */
    Connection snapshot() {
        try {
            return begin(Connection.TRANSACTION_REPEATABLE_READ, true);
        } catch (SQLException e) {
            throw VerifyException.of(side, "beginning a transaction", e);
        }
    }

    /** Runs read-only work with one snapshot. */
    <T> T read(String doing, Work<T> work) {
        try {
            T result = work.run(snapshot());
            connection.rollback();
            return result;
        } catch (SQLException e) {
            throw VerifyException.of(side, doing, e);
        }
    }

    /** Runs work that writes, in READ COMMITTED. */
    <T> T write(String doing, Work<T> work) {
        try {
            T result = work.run(begin(Connection.TRANSACTION_READ_COMMITTED, false));
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw VerifyException.of(side, doing, e); // the next begin, or close, rolls back
        }
    }

    private Connection begin(int isolation, boolean readOnly) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(isolation);
        connection.setReadOnly(readOnly);
        if (!settings.isEmpty()) {
            Jdbc.listAsWritten(connection, settings, row -> null);
        }
        return connection;
    }

    /** Ends the connection at once, whatever it is doing. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone already, as intended.
        }
    }

    /** Never fails: results were read, and the server forgets what was not committed. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
            }
        } catch (SQLException e) {
            abort();
        }
    }
}
