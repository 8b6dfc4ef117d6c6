package dev.tideline.sync.jdbc;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Explains row-level security, which raises an error in our sessions instead of hiding rows. */
public final class HiddenRows {

    /** The server's routine that raises the error; the message itself is in the server's language. */
    private static final String ROUTINE = "check_enable_rls";

    private HiddenRows() {}

    /** A failure's message, with the remedy if row-level security caused it. */
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
