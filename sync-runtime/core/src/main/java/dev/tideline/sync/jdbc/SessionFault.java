package dev.tideline.sync.jdbc;

import java.sql.SQLException;
import java.util.List;

/** Whether a failure may come from the state that a session started with, and would affect all its users. */
public final class SessionFault {

    /** Values and constraints, conflicts, locks, and exceptions of functions: the same in any session. */
    private static final List<String> NEVER = List.of("22", "23", "40", "55", "P0");

    private SessionFault() {}

    /** Read-only transactions, a role, a right, a setting, a table that is not what the session knows. */
    public static boolean mayBe(SQLException e) {
        String state = e.getSQLState();
        return state == null || NEVER.stream().noneMatch(state::startsWith);
    }
}
