package dev.tideline.sync.capture;

import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.loop.Backoff;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Work in a transaction that must lock a table of the user's without holding up the application. While we wait for a
 * lock, everybody else waits behind us; so each attempt is short, and the pauses between attempts grow.
 */
final class TableLock {

    /** How long one attempt waits. */
    private static final String TRY = "20ms";

    /** How long all attempts take together. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private TableLock() {}

    interface Work {
        void run() throws SQLException;
    }

    /** Tries for a minute to get the lock. */
    static void patiently(Connection connection, String what, Work work) throws SQLException {
        Backoff pauses = new Backoff(
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                () -> ThreadLocalRandom.current().nextDouble());
        boolean had;
        try {
            had = Await.until(() -> once(connection, what, work), pauses, PATIENCE);
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException("interrupted; cannot " + what, e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (!had) {
            throw new SyncException("cannot " + what + ": other sessions hold locks on it; tried for "
                    + PATIENCE.toSeconds() + " s, " + TRY + " at a time. pg_locks shows which ones; run this again"
                    + " when they have finished");
        }
    }

    /**
     * Tries once.
     *
     * @return whether the lock was granted; if not, nothing was changed
     */
    static boolean once(Connection connection, String what, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Jdbc.execute(connection, "SET LOCAL lock_timeout = '" + TRY + "'");
            work.run();
            connection.commit();
            return true;
        } catch (SQLException e) {
            rollback(connection, e);
            if (SqlState.LOCK_NOT_AVAILABLE.is(e) || SqlState.DEADLOCK_DETECTED.is(e)) {
                return false;
            }
            throw new SyncException("cannot " + what + ": " + e.getMessage(), e);
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    /** The pool may have ended the session because of this same failure, which is the one to report. */
    private static void rollback(Connection connection, SQLException failure) {
        try {
            connection.rollback();
        } catch (SQLException alsoRollingBack) {
            failure.addSuppressed(alsoRollingBack);
        }
    }
}
