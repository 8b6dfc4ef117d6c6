package dev.tideline.sync.fetch;

import dev.tideline.sync.jdbc.HiddenRows;
import dev.tideline.sync.jdbc.OwnersError;
import java.sql.SQLException;
import java.util.List;

/** Something failed at the source, not at a target. */
public final class FetchException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** No connection, no right to connect, no resources, shutting down or starting up. */
    private static final List<String> UNAVAILABLE = List.of("08", "28", "53", "57P");

    FetchException(SQLException cause) {
        super("at the source: " + HiddenRows.message(cause), cause.getSQLState(), cause);
    }

    /** Whether the source as a whole cannot be used now, whatever was asked of it. */
    public boolean sourceUnavailable() {
        String state = getSQLState();
        return state == null || UNAVAILABLE.stream().anyMatch(state::startsWith) && !OwnersError.is(this);
    }

    /** The same failure, known as the source's. */
    public static SQLException of(SQLException e) {
        return e instanceof FetchException ? e : new FetchException(e);
    }
}
