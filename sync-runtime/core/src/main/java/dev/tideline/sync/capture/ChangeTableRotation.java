package dev.tideline.sync.capture;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Switches capture to the next change table once the current one has grown, and truncates drained ones. Run by the
 * sequencer between passes; never waits for a lock. Used by one thread.
 */
public final class ChangeTableRotation {

    /** Size from which on the next table is used. */
    private static final long TURN_AT_BYTES = 32L << 20;

    /** Passes between two checks. */
    private static final int EVERY = 64;

    /** The sequencer's row, read so that its dead versions are skipped quickly. */
    private static final String SEQUENCER =
            "(SELECT * FROM tideline.sequencer ORDER BY last_sequence_id DESC LIMIT 1) s";

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

    /** Checks now and then, and takes at most one step. The connection is in autocommit mode. */
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
     * Truncates a table whose rows have all been sequenced and that nobody writes to: every transaction that was open
     * at the switch has ended. Only a statement that began before the switch and had no transaction id yet can still
     * write to it. So the lock is taken without waiting or not at all, and under it the table is checked once more.
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
            if (!SqlState.LOCK_NOT_AVAILABLE.is(e)) {
                throw e;
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
