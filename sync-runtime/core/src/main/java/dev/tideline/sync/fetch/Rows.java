package dev.tideline.sync.fetch;

import java.sql.SQLException;

/** Raw rows, one after the other. Used by one thread. */
public interface Rows {

    /** How the rows are written. */
    CopyFormat format();

    /** The next row, with its line end where it is text; null after the last. */
    byte[] next() throws SQLException;
}
