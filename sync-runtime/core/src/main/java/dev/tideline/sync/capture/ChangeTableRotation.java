package dev.tideline.sync.capture;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Turns capture to the next change table once the current one has grown, and truncates those that are drained. Run by
 * the sequencer between passes; never waits for a lock. Used by one thread.
 */
public final class ChangeTableRotation {

    /** From this size on the next table is used. */
    private static final long TURN_AT_BYTES = 32L << 20;

    /** How many passes go by between two looks. */
    private static final int EVERY = 64;

    /** Its row, past its dead versions. */
    private static final String SEQUENCER =
            "(SELECT * FROM tideline.sequencer ORDER BY last_sequence_id DESC LIMIT 1) s";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final long turnAtBytes;
    private final int every;
    private int passes;

    public ChangeTableRotation() {
        this(TURN_AT_BYTES, EVERY);
    }

    ChangeTableRotation(long turnAtBytes, int every) {
        this.turnAtBytes = turnAtBytes;
        this.every = every;
    }

    /** Looks now and then, and does at most one step. The connection is in autocommit mode. */
    public void runOnce(Connection connection) throws SQLException {
        if (++passes % every != 0) {
            return;
        }
        int current = Jdbc.one(connection, "SELECT change_table FROM " + SEQUENCER, row -> row.getInt(1));
        for (int step = 1; step <= 2; step++) {
            int other = (current + step) % 3;
            if (size(connection, other) > 0) {
                truncate(connection, other);
            }
        }
        int next = (current + 1) % 3;
        if (size(connection, current) >= turnAtBytes && size(connection, next) == 0) {
            Jdbc.one(connection, "SELECT tideline.turn_capture(?)", row -> true, next);
        }
    }

    private static long size(Connection connection, int table) throws SQLException {
        return Jdbc.one(connection, "SELECT pg_relation_size('tideline.change_" + table + "')", row -> row.getLong(1));
    }

    /**
     * Empties a table whose rows have all been sequenced, and that nobody has written to: every transaction that was
     * open at the turn has ended. What can still write to it is a statement that began before the turn and had no
     * transaction id yet. So the lock is had at once or not at all, and what lies in the table is looked at once more below
     * it.
     */
    private static void truncate(Connection connection, int table) throws SQLException {
        connection.setAutoCommit(false);
        try {
            boolean settled = Jdbc.one(connection, SqlTemplate.text("1-capture/settled"), row -> row.getBoolean(1));
            if (settled) {
                Jdbc.execute(
                        connection,
                        SqlTemplate.of("1-capture/truncate-changes")
                                .with("changeTable", "tideline.change_" + table)
                                .fill());
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
