package dev.tideline.sync.source;

import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.error.SyncException;
import java.sql.SQLException;

/** Turns a failure to use the source into words. */
public final class SourceFailure {

    private SourceFailure() {}

    public static SyncException of(PostgresUrl source, SQLException e) {
        return new SyncException("the source " + source.redacted() + " cannot be used: " + e.getMessage(), e);
    }
}
