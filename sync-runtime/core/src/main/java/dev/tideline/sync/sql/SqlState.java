package dev.tideline.sync.sql;

import java.sql.SQLException;
import java.util.Arrays;

/**
 * What the SQLSTATE of a failure means: states that are told apart, and whole classes of them (its first two characters). A
 * failure without a state is the driver's own: there was no answer.
 */
public enum SqlState {
    UNIQUE_VIOLATION("23505"),
    SERIALIZATION_FAILURE("40001"),
    DEADLOCK_DETECTED("40P01"),
    INSUFFICIENT_PRIVILEGE("42501"),
    UNDEFINED_COLUMN("42703"),
    UNDEFINED_TABLE("42P01"),
    LOCK_NOT_AVAILABLE("55P03"),
    QUERY_CANCELED("57014");

    private final String code;

    SqlState(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public boolean is(SQLException e) {
        return code.equals(e.getSQLState());
    }

    /** Whether the connection, or the whole server, is gone. */
    public static boolean isConnectionLost(SQLException e) {
        return e.getSQLState() == null || startsWith(e, "08", "57P");
    }

    /** Whether there is no connection, no right to connect, or no resource, or the server starts up or shuts down. */
    public static boolean isUnavailable(SQLException e) {
        return isConnectionLost(e) || startsWith(e, "28", "53");
    }

    /**
     * Whether a failure may come from the state that a session started with (a read-only transaction, a role, a setting, a
     * table that is not what it knows), and would affect all its users. Values and constraints, conflicts, locks, and
     * exceptions of functions are the same in any session.
     */
    public static boolean mayBeTheSessions(SQLException e) {
        return !startsWith(e, "22", "23", "40", "55", "P0");
    }

    /**
     * Whether a transaction may succeed without the changes that it failed with. No change causes a failure of connection,
     * transaction state, rollback (deadlocks), resources, locks, cancelling, or system.
     */
    public static boolean mayBeAChanges(SQLException e) {
        return e.getSQLState() != null
                && e.getSQLState().length() == 5
                && !startsWith(e, "08", "25", "40", "53", "55", "57", "58");
    }

    /** Whether a value is no valid one. */
    public static boolean isAValues(SQLException e) {
        return startsWith(e, "22");
    }

    /** Whether a value is no valid one, or violates a constraint. */
    public static boolean isARows(SQLException e) {
        return startsWith(e, "22", "23");
    }

    /** Whether a statement names what does not exist, is not permitted, or has another type. */
    public static boolean isTheCatalogues(SQLException e) {
        return startsWith(e, "42");
    }

    private static boolean startsWith(SQLException e, String... classes) {
        String state = e.getSQLState();
        return state != null && Arrays.stream(classes).anyMatch(state::startsWith);
    }
}
