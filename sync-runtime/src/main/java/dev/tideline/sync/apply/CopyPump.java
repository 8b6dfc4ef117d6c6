package dev.tideline.sync.apply;

import dev.tideline.sync.fetch.RowStream;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Moves raw rows from the source into a COPY of the target. Holds one row at a time. */
final class CopyPump {

    private CopyPump() {}

    /** Looks at each row that passes. */
    interface Observer {
        void row(byte[] row);
    }

    /**
     * Moves up to {@code limit} rows.
     *
     * @param first a row that was read already; null if none was
     * @return how many rows there were
     */
    static long pump(RowStream from, byte[] first, Connection target, String copySql, long limit, Observer observer)
            throws SQLException {
        CopyIn into = target.unwrap(PGConnection.class).getCopyAPI().copyIn(copySql);
        try {
            long rows = 0;
            byte[] row = first != null ? first : from.next();
            while (row != null) {
                into.writeToCopy(row, 0, row.length);
                observer.row(row);
                rows++;
                row = rows < limit ? from.next() : null;
            }
            into.endCopy();
            return rows;
        } finally {
            if (into.isActive()) {
                into.cancelCopy();
            }
        }
    }
}
