package dev.tideline.sync.capture;

import dev.tideline.sync.SyncException;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;

/** Work in a transaction that must take a lock on a table of the user's, without holding up its writers. */
final class TableLock {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";

    private TableLock() {}

    interface Work {
        void run() throws SQLException;
    }

    /**
     * Tries until the lock was had within the limit. While we wait for a lock, writers wait behind us; so each try is
     * short, and between two of them they go on.
     */
    static void retrying(Connection connection, String limit, int attempts, String what, Work work)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            connection.setAutoCommit(false);
            try {
                Jdbc.execute(connection, "SET LOCAL lock_timeout = '" + limit + "'");
                work.run();
                connection.commit();
                return;
            } catch (SQLException e) {
                connection.rollback();
                boolean again = LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState());
                if (!again) {
                    throw new SyncException("cannot " + what + ": " + e.getMessage(), e);
                }
                if (attempt == attempts) {
                    throw new SyncException(
                            "cannot " + what + ": other sessions hold it locked; tried " + attempts + " times for "
                                    + limit + ". See pg_locks for who does, and run this again when they are done",
                            e);
                }
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}
