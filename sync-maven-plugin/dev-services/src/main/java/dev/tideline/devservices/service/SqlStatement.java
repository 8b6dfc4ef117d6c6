package dev.tideline.devservices.service;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * One statement of a script.
 *
 * @param text without its semicolon
 * @param line at which it begins, from 1
 */
record SqlStatement(String text, int line) {

    private static final int SHOWN = 70;

    /**
     * The line of the script that an error is about: the one that the server names, else the first of the statement.
     */
    int lineOf(SQLException error) {
        int position = Optional.of(error)
                .filter(PSQLException.class::isInstance)
                .map(failure -> ((PSQLException) failure).getServerErrorMessage())
                .map(ServerErrorMessage::getPosition)
                .orElse(0);
        if (position < 1 || position > text.codePointCount(0, text.length())) {
            return line;
        }
        // The server counts characters, from 1.
        String before = text.substring(0, text.offsetByCodePoints(0, position - 1));
        return line + (int) before.chars().filter(c -> c == '\n').count();
    }

    /** The server's message, without the position in the statement, which {@link #lineOf} has turned into a line. */
    static String reason(SQLException error) {
        return String.valueOf(error.getMessage()).replaceFirst("\\n  Position: \\d+", "");
    }

    /** The beginning of the statement on one line, for people. */
    String beginning() {
        String oneLine = text.strip().replaceAll("\\s+", " ");
        return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN).strip() + " …";
    }
}
