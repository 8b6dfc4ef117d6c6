package dev.tideline.sync.mapping;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/**
 * One read-only transaction on the source, in which everything is read as of one moment. Its search path is empty, so
 * that the catalogue qualifies names; the user's SQL runs under the role's own path. Ends with a rollback and leaves
 * the connection as it found it. Not thread-safe.
 */
final class SourceSession implements AutoCloseable {

    private final Connection connection;
    private final boolean autoCommit;
    private final String searchPath;

    SourceSession(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        try (Statement statement = connection.createStatement();
                ResultSet path = statement.executeQuery("SHOW search_path")) {
            path.next();
            this.searchPath = path.getString(1);
        }
        execute("SET LOCAL search_path = ''");
    }

    Connection connection() {
        return connection;
    }

    /** Reads something from a query's result. */
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet result) throws SQLException;
    }

    /** Runs a query that the user wrote, and undoes whatever it did to the session. */
    <T> T underUsersPath(String sql, Reading<T> reading) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            try (PreparedStatement path =
                    connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, true)")) {
                path.setString(1, searchPath);
                path.execute();
            }
            try (Statement statement = connection.createStatement()) {
                // Otherwise the driver rewrites braces in the user's text.
                statement.setEscapeProcessing(false);
                try (ResultSet result = statement.executeQuery(sql)) {
                    return reading.of(result);
                }
            }
        } finally {
            rollback(before);
        }
    }

    private void rollback(Savepoint savepoint) throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback(savepoint);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }
}
