package dev.tideline.sync.apply;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Checks whether a table has kept what was written to it. Triggers and rules of its owner may change or discard rows
 * without an error; a table that has any, or that computes columns itself, is compared within the transaction. Used
 * within one session.
 */
final class WrittenRows {

    private final Connection connection;
    private final TargetTable table;

    WrittenRows(Connection connection, TargetTable table) {
        this.connection = connection;
        this.table = table;
    }

    /**
     * @throws TargetShapeException if staged rows are missing from the table or changed in it, or deleted ones still
     *     exist
     */
    void check() throws SQLException {
        Jdbc.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE"); // triggers that would otherwise run with the commit
        long[] counts = Jdbc.one(connection, table.notKept(), row -> new long[] {row.getLong(1), row.getLong(2)});
        if (counts[0] > 0) {
            throw refused(counts[0] + " of the rows that were written are missing or differ from the source");
        }
        if (counts[1] > 0) {
            throw refused(counts[1] + " of the rows that were deleted are still there");
        }
    }

    /**
     * @throws TargetShapeException if rows that a prune deleted still exist
     */
    void checkPruned() throws SQLException {
        long left = Jdbc.one(connection, table.notPruned(), row -> row.getLong(1));
        if (left > 0) {
            throw refused(left + " of the rows that were deleted are still there");
        }
    }

    private TargetShapeException refused(String what) throws SQLException {
        List<String> causes = interference(connection, table.name().sql());
        causes.addAll(table.computed());
        return new TargetShapeException("table " + table.name() + " does not keep what is written to it: " + what
                + ". It has " + String.join(", ", causes)
                + ". Drop or disable what prevents it, or give the mapping another target; Tideline tries again");
    }

    /** The triggers and rules of a table, in words. */
    static List<String> interference(Connection connection, String table) throws SQLException {
        return Jdbc.list(
                connection,
                SqlTemplate.text("5-apply/interference"),
                row -> row.getString(1),
                table,
                table,
                table,
                table);
    }
}
