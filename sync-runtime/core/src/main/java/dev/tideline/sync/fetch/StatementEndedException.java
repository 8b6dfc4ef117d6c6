package dev.tideline.sync.fetch;

import java.sql.SQLException;

/**
 * A statement of the source was ended before its last row because the consumer was too slow: until it ends, TRUNCATE
 * and ALTER TABLE of the application wait. Nothing is wrong with the source.
 */
public final class StatementEndedException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** SQLSTATE of a cancelled statement. */
    private static final String CANCELLED = "57014";

    StatementEndedException() {
        super("the source's statement was ended, since its rows were not taken in time", CANCELLED);
    }
}
