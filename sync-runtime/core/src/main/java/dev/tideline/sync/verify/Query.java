package dev.tideline.sync.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A statement without placeholders: the SQL contains users' SQL, whose {@code ?} are operators and whose braces are no
 * JDBC escapes.
 */
final class Query implements AutoCloseable {

    /** Rows held in memory at a time. */
    private static final int FETCH_SIZE = 5_000;

    private static final String KEPT = "tideline_kept_rows";

    private final Statement statement;
    private boolean kept;

    Query(Connection connection) throws SQLException {
        statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        statement.setFetchSize(FETCH_SIZE);
    }

    ResultSet rows(String sql) throws SQLException {
        return statement.executeQuery(sql);
    }

    /**
     * Makes the server store the rows for {@link #more}. The transaction is over when this returns, and with it the
     * snapshot and the locks, however long the reader takes.
     */
    void keep(String sql) throws SQLException {
        statement.execute("DECLARE " + KEPT + " CURSOR WITH HOLD FOR " + sql);
        statement.getConnection().commit();
        statement.setFetchSize(0); // read each portion whole
        kept = true;
    }

    /** The next portion of the stored rows; no rows at the end. */
    ResultSet more() throws SQLException {
        ResultSet rows = statement.executeQuery("FETCH " + FETCH_SIZE + " FROM " + KEPT);
        statement.getConnection().commit();
        return rows;
    }

    @Override
    public void close() throws SQLException {
        try (statement) {
            if (kept && !statement.getConnection().isClosed()) {
                statement.execute("CLOSE " + KEPT);
                statement.getConnection().commit();
            }
        }
    }
}
