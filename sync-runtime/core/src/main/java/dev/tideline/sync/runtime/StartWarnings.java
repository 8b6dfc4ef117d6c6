package dev.tideline.sync.runtime;

import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.UnwatchedTables;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;

/** Warnings at the start of a runtime about a configuration that is valid but may not do what its author expects. */
public final class StartWarnings {

    private StartWarnings() {}

    public static void log(SyncPlan plan, SourceDatabase source, Logger log) {
        try (Connection connection = source.connection()) {
            UnwatchedTables.of(plan, connection).forEach(warning -> log.warn("{}", warning.message()));
        } catch (SQLException e) {
            log.debug("cannot tell whether the mappings read tables that are not watched: {}", e.toString());
        }
    }
}
