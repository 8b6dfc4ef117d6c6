package dev.tideline.sync.fetch;

import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;

/**
 * The rows of a COPY, one at a time as raw bytes. Holds one row, however many there are. If they are not consumed in
 * time, {@link Patience} ends the statement. Used by one thread; closing it early ends the session.
 */
public final class RowStream implements Rows, AutoCloseable {

    /**
     * Raised by {@code tideline.as_planned} for a table that was rewritten after its snapshot: a new snapshot sees the
     * rows.
     */
    private final SourceDatabase source;

    private final Connection connection;
    private final CopyOut copy;
    private final CopyFormat format;
    private final Patience patience;
    private boolean begun;
    private boolean failed;

    private RowStream(
            SourceDatabase source, Connection connection, CopyOut copy, CopyFormat format, Patience.Counted counted) {
        this.source = source;
        this.connection = connection;
        this.copy = copy;
        this.format = format;
        this.patience = new Patience(source.ticker(), counted, this::end);
    }

    /**
     * Starts a COPY … TO STDOUT on a connection of the pool, which closing the stream returns. All rows returned would
     * survive a crash of the source.
     */
    public static RowStream open(SourceDatabase source, String copySql, CopyFormat format) throws SQLException {
        return open(source, copySql, format, Patience.Counted.TAKING);
    }

    static RowStream open(SourceDatabase source, String copySql, CopyFormat format, Patience.Counted counted)
            throws SQLException {
        Connection connection;
        try {
            connection = source.connection();
        } catch (SQLException e) {
            throw FetchException.of(e);
        }
        try {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copySql);
            try {
                // The server fixed the snapshot before it answered, so everything that the COPY sees is visible by now.
                DurableReads.ensure(source);
            } catch (SQLException | RuntimeException e) {
                source.discard(connection);
                throw e;
            }
            return new RowStream(source, connection, copy, format, counted);
        } catch (SQLException e) {
            close(connection, e);
            throw FetchException.of(e);
        } catch (RuntimeException e) {
            close(connection, e);
            throw e;
        }
    }

    @Override
    public CopyFormat format() {
        return format;
    }

    /**
     * @throws StatementEndedException if the previous rows were not consumed in time
     */
    @Override
    public byte[] next() throws SQLException {
        patience.asking();
        byte[] row = read();
        if (row == null) {
            patience.close();
        } else {
            patience.given();
        }
        return row;
    }

    private byte[] read() throws SQLException {
        byte[] row = message();
        if (format == CopyFormat.BINARY && row != null) {
            if (!begun) {
                begun = true;
                row = CopyBinary.afterHeader(row);
                row = row.length == 0 ? message() : row;
            }
            if (row != null && CopyBinary.isTrailer(row)) {
                row = message();
            }
        }
        return row;
    }

    private byte[] message() throws SQLException {
        try {
            return copy.isActive() ? copy.readFromCopy() : null;
        } catch (SQLException e) {
            failed = true;
            throw patience.ended() || SqlState.SERIALIZATION_FAILURE.is(e)
                    ? new StatementEndedException()
                    : FetchException.of(e);
        } catch (OutOfMemoryError e) {
            // The driver is in the middle of the row, so the session cannot be used further; the heap is as it was
            // before.
            end();
            throw FetchException.of(new SQLException(
                    "a row is larger than the memory that is left of "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB; give the runtime a larger heap (-Xmx) and retry it",
                    "54000", // program limit exceeded: the row is at fault
                    e));
        }
    }

    /**
     * Makes a read in progress fail. A statement that is blocked in writing to us cannot be cancelled, so the session
     * is aborted.
     */
    private void end() {
        try {
            connection.unwrap(PgConnection.class).abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException("a connection can always be aborted", e);
        } finally {
            source.discard(connection);
        }
    }

    private static void close(Connection connection, Exception because) {
        try {
            connection.close();
        } catch (SQLException alsoClosing) {
            because.addSuppressed(alsoClosing);
        }
    }

    @Override
    public void close() throws SQLException {
        patience.close();
        try (connection) {
            if (!patience.ended() && (failed || copy.isActive())) {
                // The session may have caused the failure. Cancelling a COPY that the server has already ended leaves
                // the session out of step, so end it instead.
                source.discard(connection);
            }
        }
    }
}
