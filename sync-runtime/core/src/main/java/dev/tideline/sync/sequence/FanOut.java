package dev.tideline.sync.sequence;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A changed dependency row whose root rows are still being found.
 *
 * @param values of the joined columns
 * @param position the key of the last root row that was found
 */
record FanOut(int dependency, List<String> values, List<String> position, String changedAt) {

    private static final String NEXT = SqlTemplate.text("2-sequence/fan-out-next");

    /** The oldest that is unfinished; null if none is. */
    static FanOut next(Connection connection) throws SQLException {
        return Jdbc.first(
                        connection,
                        NEXT,
                        row -> new FanOut(
                                row.getInt(1),
                                Jdbc.strings(row.getArray(2)),
                                Jdbc.strings(row.getArray(3)),
                                row.getString(4)))
                .orElse(null);
    }
}
