package dev.tideline.sync.jdbc;

import java.sql.SQLException;
import java.util.List;

/** Whether a failure may come from what a session was given when it began, and would meet all who use it. */
public final class SessionFault {

    /** A row's values and constraints, conflicts, locks, and what a function raises: the same in any session. */
    private static final List<String> NEVER = List.of("22", "23", "40", "55", "P0");

    private SessionFault() {}

    /** Read-only transactions, a role, a right, a setting, a table that is not what the session knows. */
    public static boolean mayBe(SQLException e) {
        String state = e.getSQLState();
        return state == null || NEVER.stream().noneMatch(state::startsWith);
    }
}
