package dev.tideline.sync.fetch;

import dev.tideline.sync.jdbc.HiddenRows;
import dev.tideline.sync.jdbc.OwnersError;
import java.sql.SQLException;
import java.util.List;

/** A failure at the source rather than at a target. */
public final class FetchException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** No connection, no right to connect, no resources, shutting down or starting up. */
    private static final List<String> UNAVAILABLE = List.of("08", "28", "53", "57P");

    FetchException(SQLException cause) {
        super("at the source: " + HiddenRows.message(cause), cause.getSQLState(), cause);
    }

    /** Whether the source as a whole is unusable now, regardless of the statement. */
    public boolean sourceUnavailable() {
        String state = getSQLState();
        return state == null || UNAVAILABLE.stream().anyMatch(state::startsWith) && !OwnersError.is(this);
    }

    /** Marks a failure as the source's. */
    public static SQLException of(SQLException e) {
        return e instanceof FetchException ? e : new FetchException(e);
    }
}
