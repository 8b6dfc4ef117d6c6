package dev.tideline.sync.fetch;

import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows that a COPY gives, one at a time as raw bytes. Holds one row, however many there are. Used by one thread; closing
 * it early ends the session.
 */
public final class RowStream implements AutoCloseable {

    private final SourceDatabase source;
    private final Connection connection;
    private final CopyOut copy;

    private RowStream(SourceDatabase source, Connection connection, CopyOut copy) {
        this.source = source;
        this.connection = connection;
        this.copy = copy;
    }

    /** Starts a COPY … TO STDOUT on a connection of the pool; closing the stream gives it back. */
    public static RowStream open(SourceDatabase source, String copySql) throws SQLException {
        Connection connection = source.connection();
        try {
            return new RowStream(
                    source,
                    connection,
                    connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copySql));
        } catch (SQLException | RuntimeException e) {
            try {
                connection.close();
            } catch (SQLException alsoClosing) {
                e.addSuppressed(alsoClosing);
            }
            throw e;
        }
    }

    /** The next row with its line end; null after the last. */
    public byte[] next() throws SQLException {
        return copy.isActive() ? copy.readFromCopy() : null;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (copy.isActive()) {
                // Cancelling a COPY that the server has ended meanwhile leaves the session out of step: end it instead.
                source.discard(connection);
            }
        }
    }
}
