package dev.tideline.sync.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A statement without placeholders: the SQL holds what users wrote, whose {@code ?} are operators and whose braces are
 * no JDBC escapes.
 */
final class Query implements AutoCloseable {

    /** Rows held in memory at a time. */
    private static final int FETCH_SIZE = 5_000;

    private final Statement statement;

    Query(Connection connection) throws SQLException {
        statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        statement.setFetchSize(FETCH_SIZE);
    }

    ResultSet rows(String sql) throws SQLException {
        return statement.executeQuery(sql);
    }

    int update(String sql) throws SQLException {
        return statement.executeUpdate(sql);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
