package dev.tideline.sync.fetch;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows in the order of their key, from one statement after another. If a statement is ended because its rows were not
 * consumed in time, the next one continues after the last row received. Each statement gives at least one row. Holds
 * one row. Used by one thread; closing it early ends a session.
 */
public final class KeyedRows implements Rows, AutoCloseable {

    private final SourceDatabase source;
    private final List<Column> key;
    private final CopyFormat format;
    private final Query query;
    private List<String> behind;
    private RowStream statement;
    private byte[] last; // null: the statement gave none

    /** The rows after a key. */
    @FunctionalInterface
    interface Query {
        /**
         * A COPY … TO STDOUT whose rows begin with the key and are ordered by it.
         *
         * @param behind texts of the key's columns; empty for the first row
         */
        String sql(List<String> behind);
    }

    /** Starts with the first row after a key. The first statement starts at once. */
    static KeyedRows open(SourceDatabase source, List<Column> key, CopyFormat format, List<String> behind, Query query)
            throws SQLException {
        KeyedRows rows = new KeyedRows(source, key, format, behind, query);
        rows.start();
        return rows;
    }

    private KeyedRows(SourceDatabase source, List<Column> key, CopyFormat format, List<String> behind, Query query) {
        this.source = source;
        this.key = key;
        this.format = format;
        this.behind = behind;
        this.query = query;
    }

    private void start() throws SQLException {
        statement = RowStream.open(source, query.sql(behind), format, Patience.Counted.ALL);
    }

    @Override
    public CopyFormat format() {
        return format;
    }

    @Override
    public byte[] next() throws SQLException {
        while (true) {
            try {
                byte[] row = statement.next();
                last = row == null ? last : row;
                return row;
            } catch (StatementEndedException e) {
                goOn();
            }
        }
    }

    private void goOn() throws SQLException {
        statement.close();
        if (last != null) {
            behind = format.firstFields(last, key);
            last = null;
        }
        start();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
