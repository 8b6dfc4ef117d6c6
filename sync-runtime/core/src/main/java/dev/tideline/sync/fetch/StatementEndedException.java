package dev.tideline.sync.fetch;

import java.sql.SQLException;

/**
 * A statement of the source was ended before its last row, because whoever takes the rows took too long: until it ends,
 * TRUNCATE and ALTER TABLE of the application wait. Nothing is wrong with the source.
 */
public final class StatementEndedException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** What Postgres says of a statement that was cancelled. */
    private static final String CANCELLED = "57014";

    StatementEndedException() {
        super("the source's statement was ended, since its rows were not taken in time", CANCELLED);
    }
}
