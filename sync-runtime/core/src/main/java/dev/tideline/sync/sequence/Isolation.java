package dev.tideline.sync.sequence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Set;

/**
 * Work within a pass's transaction that may fail without undoing the rest. Only a pass that has failed once is repeated
 * this way; others use no savepoints.
 */
final class Isolation {

    /**
     * Classes of SQLSTATE that no change causes: connection, transaction state, rollback (deadlocks), resources, locks,
     * cancelling, system. The pass as a whole is tried again.
     */
    private static final Set<String> NEVER_A_CHANGE = Set.of("08", "25", "40", "53", "55", "57", "58");

    private Isolation() {}

    interface Work {
        void run() throws SQLException;
    }

    interface OnFailure {
        void failed(SQLException e) throws SQLException;
    }

    /** Whether the pass may succeed without the changes that failed. */
    static boolean mayHelp(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.length() == 5 && !NEVER_A_CHANGE.contains(state.substring(0, 2));
    }

    /** Runs work; if its own input makes it fail, undoes only this work and reports it. */
    static void of(Connection connection, Work work, OnFailure onFailure) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            work.run();
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!mayHelp(e)) {
                throw e;
            }
            connection.rollback(before);
            onFailure.failed(e);
        }
    }
}
