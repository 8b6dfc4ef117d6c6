package dev.tideline.sync.model;

import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Transactions that were prepared, and belong to no session any more. Used by one thread. */
final class PreparedTransactions implements AutoCloseable {

    /** Greater than any session's number. */
    private static final int FIRST = 1000;

    private final Connection source;
    private final SourceModel model;
    private final Expectation expectation;
    private final Deque<Integer> open = new ArrayDeque<>();
    private int last = FIRST;

    PreparedTransactions(Arena arena, SourceModel model, Expectation expectation) throws SQLException {
        this.source = arena.source();
        this.model = model;
        this.expectation = expectation;
    }

    void prepare(int session, Connection connection) throws SQLException {
        int number = ++last;
        Jdbc.execute(connection, "PREPARE TRANSACTION " + name(number));
        model.prepare(session, number);
        open.add(number);
    }

    /** Ends the one that was prepared first, if there is one. */
    void endFirst(boolean commit) throws SQLException {
        if (open.isEmpty()) {
            return;
        }
        int number = open.remove();
        if (commit) {
            model.commit(number);
            expectation.committed();
        } else {
            model.rollback(number);
        }
        Jdbc.execute(source, (commit ? "COMMIT" : "ROLLBACK") + " PREPARED " + name(number));
    }

    void endAll(boolean commit) throws SQLException {
        while (!open.isEmpty()) {
            endFirst(commit);
        }
    }

    /** Databases share a server's names. */
    private String name(int number) throws SQLException {
        return "'" + source.getCatalog() + " " + number + "'";
    }

    @Override
    public void close() throws SQLException {
        endAll(false);
        source.close();
    }
}
