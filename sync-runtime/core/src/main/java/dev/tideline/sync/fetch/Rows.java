package dev.tideline.sync.fetch;

import java.sql.SQLException;

/** Raw rows, one after another. Used by one thread. */
public interface Rows {

    CopyFormat format();

    /** The next row, in text format with its line end; null after the last. */
    byte[] next() throws SQLException;
}
