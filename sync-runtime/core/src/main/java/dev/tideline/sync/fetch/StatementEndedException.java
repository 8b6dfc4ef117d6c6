package dev.tideline.sync.fetch;

import dev.tideline.sync.sql.SqlState;
import java.sql.SQLException;

/**
 * A statement of the source was ended before its last row because the consumer was too slow: until it ends, TRUNCATE
 * and ALTER TABLE of the application wait. Nothing is wrong with the source.
 */
public final class StatementEndedException extends SQLException {

    StatementEndedException() {
        super(
                "the source's statement was ended, since its rows were not taken in time",
                SqlState.QUERY_CANCELED.code());
    }
}
