package dev.tideline.sync.park;

import dev.tideline.sync.config.Excerpt;
import java.sql.SQLException;
import java.util.List;

/**
 * A row that could not be applied.
 *
 * @param key texts of its key's columns
 * @param sequenceId of the rejected change; of the copy's start, if the row never changed
 * @param error the database's message, without values that it may quote
 */
public record BadRow(List<String> key, long sequenceId, String error, String sqlState) {

    public BadRow {
        key = List.copyOf(key);
    }

    static BadRow of(List<String> key, long sequenceId, SQLException error) {
        return new BadRow(key, sequenceId, firstLine(error), error.getSQLState());
    }

    /** Only the first line: later ones quote values. A NUL cannot be stored in a text column. */
    static String firstLine(SQLException error) {
        return Excerpt.of(String.valueOf(error.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replace("\0", "\\0"));
    }
}
