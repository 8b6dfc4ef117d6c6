package dev.tideline.sync.mapping;

import dev.tideline.sync.sql.SqlState;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why Postgres rejects a piece of SQL that the user wrote.
 *
 * @param what its message
 * @param line of the user's text, from 1; 0 if unknown
 * @param column of that line, from 1
 * @param hint its hint; may be empty
 */
record Refusal(String what, int line, int column, String hint) {

    /**
     * Reads an error.
     *
     * @param before number of characters of the statement before the user's text
     * @param text the user's text
     */
    static Refusal of(SQLException e, int before, String text) throws SQLException {
        if (SqlState.isConnectionLost(e)) {
            throw e;
        }
        ServerErrorMessage message = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (message == null) {
            return new Refusal(e.getMessage(), 0, 0, "");
        }
        String hint = message.getHint() == null ? "" : message.getHint();
        int position = message.getPosition() - 1 - before;
        if (position < 0 || position >= text.codePointCount(0, text.length())) {
            return new Refusal(message.getMessage(), 0, 0, hint);
        }
        // Postgres counts characters, Java counts UTF-16 units.
        String until = text.substring(0, text.offsetByCodePoints(0, position));
        return new Refusal(
                message.getMessage(),
                (int) until.chars().filter(c -> c == '\n').count() + 1,
                until.codePointCount(until.lastIndexOf('\n') + 1, until.length()) + 1,
                hint);
    }

    /** The same position in the text before its leading blanks were removed. */
    Refusal after(String blanks) {
        int lines = (int) blanks.chars().filter(c -> c == '\n').count();
        int columns = line == 1 ? blanks.length() - blanks.lastIndexOf('\n') - 1 : 0;
        return line == 0 ? this : new Refusal(what, line + lines, column + columns, hint);
    }
}
