package dev.tideline.sync.park;

import java.sql.SQLException;
import java.util.Set;

/**
 * Which failures may be a row's fault. What is certainly the server's, the connection's or the statement's is not;
 * everything else is, since triggers may raise what they like. Should the guess be wrong, every row fails, and nothing
 * is parked.
 */
public final class DataErrors {

    /**
     * Classes of SQLSTATE: connection, feature, transaction state, authorization, catalogue, rollback (deadlocks), syntax
     * and rights, resources, locks, cancelling, system, configuration.
     */
    private static final Set<String> NEVER_A_ROW =
            Set.of("08", "0A", "25", "28", "3D", "3F", "40", "42", "53", "55", "57", "58", "F0");

    private DataErrors() {}

    /** Whether it is worth looking for the rows at fault. */
    public static boolean mayBe(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.length() == 5 && !NEVER_A_ROW.contains(state.substring(0, 2));
    }
}
