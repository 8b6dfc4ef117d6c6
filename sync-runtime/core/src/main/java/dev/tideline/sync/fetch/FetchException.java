package dev.tideline.sync.fetch;

import dev.tideline.sync.jdbc.HiddenRows;
import dev.tideline.sync.jdbc.OwnersError;
import dev.tideline.sync.sql.SqlState;
import java.sql.SQLException;

/** A failure at the source rather than at a target. */
public final class FetchException extends SQLException {

    FetchException(SQLException cause) {
        super("at the source: " + HiddenRows.message(cause), cause.getSQLState(), cause);
    }

    /** Whether the source as a whole is unusable now, regardless of the statement. */
    public boolean sourceUnavailable() {
        return getSQLState() == null || SqlState.isUnavailable(this) && !OwnersError.is(this);
    }

    /** Marks a failure as the source's. */
    public static SQLException of(SQLException e) {
        return e instanceof FetchException ? e : new FetchException(e);
    }
}
