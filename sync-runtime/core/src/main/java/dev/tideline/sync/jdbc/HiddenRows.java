package dev.tideline.sync.jdbc;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What to do about row-level security, which is an error in our sessions where it would hide rows in others. */
public final class HiddenRows {

    /** Where Postgres raises it; its message is in the server's language. */
    private static final String ROUTINE = "check_enable_rls";

    private HiddenRows() {}

    /** A failure's message, and the way out if row-level security is behind it. */
    public static String message(SQLException e) {
        return of(e)
                ? e.getMessage() + ". Row-level security would hide rows from our role: give it BYPASSRLS, or connect"
                        + " as the table's owner, without FORCE ROW LEVEL SECURITY"
                : e.getMessage();
    }

    private static boolean of(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        return server != null && ROUTINE.equals(server.getRoutine());
    }
}
