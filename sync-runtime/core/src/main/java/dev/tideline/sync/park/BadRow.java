package dev.tideline.sync.park;

import dev.tideline.sync.config.Excerpt;
import java.sql.SQLException;
import java.util.List;

/**
 * A row that could not be applied.
 *
 * @param key texts of its key's columns
 * @param sequenceId of the change that was refused; of the copy's start, for a row that never changed
 * @param error what the database said, without the values that it may have quoted
 */
public record BadRow(List<String> key, long sequenceId, String error, String sqlState) {

    public BadRow {
        key = List.copyOf(key);
    }

    static BadRow of(List<String> key, long sequenceId, SQLException error) {
        return new BadRow(key, sequenceId, firstLine(error), error.getSQLState());
    }

    /** The following lines tell where, and quote what stood there. A NUL can be in no text of ours. */
    static String firstLine(SQLException error) {
        return Excerpt.of(String.valueOf(error.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replace("\0", "\\0"));
    }
}
