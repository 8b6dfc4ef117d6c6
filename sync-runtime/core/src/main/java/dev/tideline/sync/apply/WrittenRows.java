package dev.tideline.sync.apply;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether a table has kept what was written to it, and whether nothing else was written. Triggers and rules of its
 * owner may change, discard or add rows without an error; a table that has any, or that computes columns itself, is
 * compared within the transaction. Used within one session, and created before the first row is written.
 */
final class WrittenRows {

    private final Connection connection;
    private final TargetTable table;
    private final List<String> ours;
    private final Optional<Long> before;

    /** @param ours the tables of all mappings, quoted */
    WrittenRows(Connection connection, TargetTable table, Collection<String> ours) throws SQLException {
        this.connection = connection;
        this.table = table;
        this.ours = List.copyOf(ours);
        this.before = soFar();
    }

    private Optional<Long> soFar() throws SQLException {
        return Jdbc.one(
                connection,
                SqlTemplate.text("5-apply/written-so-far"),
                row -> Optional.ofNullable(row.getObject(1, Long.class)),
                ours,
                table.name().sql());
    }

    /**
     * @param written how many rows our statements have written
     * @throws TargetShapeException if staged rows are not in the table as they are, those that are gone still are, or
     *     others were written
     */
    void check(long written) throws SQLException {
        Jdbc.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE"); // triggers that would otherwise run with the commit
        long[] counts = Jdbc.one(connection, table.notKept(), row -> new long[] {row.getLong(1), row.getLong(2)});
        if (counts[0] > 0) {
            throw refused(counts[0] + " of the rows that were written are missing or differ from the source");
        }
        if (counts[1] > 0) {
            throw refused(counts[1] + " of the rows that were deleted are still there");
        }
        checkCount(written);
    }

    private void checkCount(long written) throws SQLException {
        long others =
                soFar().flatMap(now -> before.map(then -> now - then - written)).orElse(0L);
        if (others != 0) {
            throw refused(
                    Math.abs(others) + " rows of mapped tables were written or deleted that Tideline did not write");
        }
    }

    /**
     * @param deleted how many rows a prune has deleted
     * @throws TargetShapeException if some are still there, or others were written
     */
    void checkPruned(long deleted) throws SQLException {
        long left = Jdbc.one(connection, table.notPruned(), row -> row.getLong(1));
        if (left > 0) {
            throw refused(left + " of the rows that were deleted are still there");
        }
        checkCount(deleted);
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
