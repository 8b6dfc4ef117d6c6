package dev.tideline.sync.sequence;

import dev.tideline.sync.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * Work within a pass's transaction that may fail without undoing the rest. Only a pass that has failed once is repeated
 * this way; others use no savepoints.
 */
final class Isolation {

    private Isolation() {}

    interface Work {
        void run() throws SQLException;
    }

    interface OnFailure {
        void failed(SQLException e) throws SQLException;
    }

    /** Runs work; if its own input makes it fail, undoes only this work and reports it. */
    static void of(Connection connection, Work work, OnFailure onFailure) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            work.run();
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!SqlState.mayBeAChanges(e)) {
                throw e;
            }
            connection.rollback(before);
            onFailure.failed(e);
        }
    }
}
