package dev.tideline.sync.apply;

import dev.tideline.sync.fetch.CopyBinary;
import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.fetch.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Moves raw rows from the source into a COPY of the target. Rows are gathered into messages of {@value #MESSAGE} bytes;
 * at most one message and one row are held.
 */
final class CopyPump {

    private static final int MESSAGE = 32 << 10;

    private final CopyIn into;
    private final byte[] message = new byte[MESSAGE];
    private int filled;

    private CopyPump(CopyIn into) {
        this.into = into;
    }

    /** Sees each row that passes. */
    interface Observer {
        void row(byte[] row);
    }

    /**
     * Moves up to {@code limit} rows.
     *
     * @param first a row that was already read; null if there is none
     * @param copySql a COPY … FROM STDIN in the format of the rows
     * @return the number of rows moved
     */
    static long pump(Rows from, byte[] first, Connection target, String copySql, long limit, Observer observer)
            throws SQLException {
        CopyIn into = target.unwrap(PGConnection.class).getCopyAPI().copyIn(copySql);
        try {
            return new CopyPump(into).run(from, first, limit, observer);
        } finally {
            if (into.isActive()) {
                into.cancelCopy();
            }
        }
    }

    private long run(Rows from, byte[] first, long limit, Observer observer) throws SQLException {
        boolean binary = from.format() == CopyFormat.BINARY;
        if (binary) {
            add(CopyBinary.header());
        }
        long rows = 0;
        byte[] row = first != null ? first : from.next();
        while (row != null) {
            add(row);
            observer.row(row);
            rows++;
            row = rows < limit ? from.next() : null;
        }
        if (binary) {
            add(CopyBinary.trailer());
        }
        send();
        long kept = into.endCopy();
        if (kept != rows) {
            throw new TargetShapeException("of " + rows + " rows that were copied " + (rows - kept)
                    + " did not arrive: a trigger at the target discards them");
        }
        return rows;
    }

    private void add(byte[] bytes) throws SQLException {
        if (filled + bytes.length > message.length) {
            send();
        }
        if (bytes.length > message.length) {
            into.writeToCopy(bytes, 0, bytes.length);
        } else {
            System.arraycopy(bytes, 0, message, filled, bytes.length);
            filled += bytes.length;
        }
    }

    private void send() throws SQLException {
        if (filled > 0) {
            into.writeToCopy(message, 0, filled);
            filled = 0;
        }
    }
}
