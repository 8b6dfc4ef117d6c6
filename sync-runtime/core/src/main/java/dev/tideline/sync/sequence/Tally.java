package dev.tideline.sync.sequence;

import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;

/** What one pass has done so far. */
final class Tally {
    long changes;
    long rows;
    long tenants;
    boolean fannedOut;
    boolean truncated;
    final SequencedFigures figures = new SequencedFigures();

    /**
     * @return the number of rows refused
     */
    long add(Connection connection, int rootStream, String sql, Object... parameters) throws SQLException {
        long[] counts = Jdbc.one(
                connection,
                sql,
                row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)},
                parameters);
        rows += counts[0];
        tenants += counts[1];
        figures.entries(rootStream, counts[0], counts[3]);
        return counts[2];
    }
}
