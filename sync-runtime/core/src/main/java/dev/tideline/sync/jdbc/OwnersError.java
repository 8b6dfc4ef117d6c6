package dev.tideline.sync.jdbc;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Errors that code of a database's owner raises: a function, a trigger, a foreign table. */
public final class OwnersError {

    /** Where Postgres executes RAISE. */
    private static final String RAISE = "exec_stmt_raise";

    private static final String CONNECTION = "08";
    private static final String PROTOCOL_VIOLATION = "08P01";

    private OwnersError() {}

    /**
     * Whether the SQLSTATE says nothing about the server or the session, because the owner's code chose it, or because it is
     * about the connection of a foreign table: the server cannot report a failure of its own connection to us.
     */
    public static boolean is(SQLException e) {
        ServerErrorMessage server = serverMessage(e);
        if (server == null || server.getSQLState() == null) {
            return false;
        }
        String state = server.getSQLState();
        return RAISE.equals(server.getRoutine()) || state.startsWith(CONNECTION) && !state.equals(PROTOCOL_VIOLATION);
    }

    private static ServerErrorMessage serverMessage(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
                return postgres.getServerErrorMessage();
            }
        }
        return null;
    }
}
