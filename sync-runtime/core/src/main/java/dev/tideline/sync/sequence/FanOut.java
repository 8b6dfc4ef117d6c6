package dev.tideline.sync.sequence;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A changed dependency row whose root rows are not all found yet.
 *
 * @param values of the joined columns
 * @param position key of the last root row found
 */
record FanOut(int dependency, List<String> values, List<String> position, String changedAt) {

    private static final String NEXT = SqlTemplate.text("2-sequence/fan-out-next");

    /** The oldest unfinished one; null if there is none. */
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
