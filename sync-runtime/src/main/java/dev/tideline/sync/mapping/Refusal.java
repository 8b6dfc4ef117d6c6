package dev.tideline.sync.mapping;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why Postgres refuses a piece of SQL that the user wrote.
 *
 * @param what its words, with the place in the user's text
 * @param hint its hint; may be empty
 */
record Refusal(String what, String hint) {

    /**
     * Reads an error.
     *
     * @param before how many characters of the statement stand before the user's text
     * @param text the user's text
     */
    static Refusal of(SQLException e, int before, String text) throws SQLException {
        if (isConnectionLost(e)) {
            throw e;
        }
        ServerErrorMessage message = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (message == null) {
            return new Refusal(e.getMessage(), "");
        }
        return new Refusal(
                message.getMessage() + place(message.getPosition() - 1 - before, text),
                message.getHint() == null ? "" : message.getHint());
    }

    static boolean isConnectionLost(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }

    /** Postgres counts characters, Java UTF-16 units. */
    private static String place(int position, String text) {
        if (position < 0 || position >= text.codePointCount(0, text.length())) {
            return "";
        }
        String until = text.substring(0, text.offsetByCodePoints(0, position));
        int line = (int) until.chars().filter(c -> c == '\n').count() + 1;
        int column = until.codePointCount(until.lastIndexOf('\n') + 1, until.length()) + 1;
        return " (line " + line + ", column " + column + " of this text)";
    }
}
