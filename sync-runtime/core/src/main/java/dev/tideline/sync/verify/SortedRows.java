package dev.tideline.sync.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/** Rows in the order of their key's hash, a few thousand in memory at a time. Used by one thread. */
final class SortedRows implements AutoCloseable {

    private static final String LISTING = "its rows were listed";
    private static final int PROGRESS_EVERY = 50_000;

    private final Side side;
    private final Query query;
    private ResultSet rows;
    private final int keyParts;
    private final LongConsumer progress;
    private long done;
    private boolean present;
    private long keyHash;
    private long rowHash;

    /**
     * @param query that has stored the rows
     */
    SortedRows(Side side, Query query, int keyParts, LongConsumer progress) throws SQLException {
        this.side = side;
        this.query = query;
        this.rows = query.more();
        this.keyParts = keyParts;
        this.progress = progress;
        advance();
    }

    /** Whether there is a current row. */
    boolean present() {
        return present;
    }

    long keyHash() {
        return keyHash;
    }

    long rowHash() {
        return rowHash;
    }

    RowKey key() {
        try {
            return RowKey.read(rows, 3, keyParts);
        } catch (SQLException e) {
            throw VerifyException.of(side, LISTING, e);
        }
    }

    void advance() {
        try {
            present = rows.next();
            if (!present && done > 0) {
                rows = query.more();
                present = rows.next();
            }
            if (present) {
                keyHash = rows.getLong(1);
                rowHash = rows.getLong(2);
                done++;
            }
        } catch (SQLException e) {
            throw VerifyException.of(side, LISTING, e);
        }
        if (!present || done % PROGRESS_EVERY == 0) {
            progress.accept(done);
        }
    }

    @Override
    public void close() {
        try {
            query.close();
        } catch (SQLException e) {
            throw VerifyException.of(side, LISTING, e);
        }
    }
}
