package dev.tideline.sync.park;

import java.sql.SQLException;

/** Rows were refused and not parked: the mapping waits in this target until the cause is removed. */
public final class RefusedException extends SQLException {

    private RefusedException(String message, SQLException cause) {
        super(message, cause.getSQLState(), cause);
    }

    static RefusedException tooMany(SQLException last) {
        return new RefusedException(
                Parking.MOST_IN_A_ROW + " rows in a row were refused, the last with \"" + BadRow.firstLine(last)
                        + "\". The table seems to be the cause, not the rows, so no more rows are parked. Correct the"
                        + " table or the mapping; Tideline then continues by itself",
                last);
    }

    static RefusedException stopped(String key, SQLException error) {
        return new RefusedException(
                "the row with key " + key + " was refused with \"" + BadRow.firstLine(error)
                        + "\", and on_bad_row is stop. Correct the row or the table; Tideline then continues by itself",
                error);
    }
}
