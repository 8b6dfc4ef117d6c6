package dev.tideline.sync;

import dev.tideline.sync.config.NotCarriedOut;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.UnwatchedTables;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;

/** What a runtime says at its start of a configuration that it accepts and that may not do what its author thinks. */
final class StartWarnings {

    private StartWarnings() {}

    /** Logs them. */
    static void log(SyncPlan plan, SourceDatabase source, Logger log) {
        NotCarriedOut.in(plan.config()).forEach(warning -> log.warn("{}", warning.message()));
        try (Connection connection = source.connection()) {
            UnwatchedTables.of(plan, connection).forEach(warning -> log.warn("{}", warning.message()));
        } catch (SQLException e) {
            log.debug("whether the mappings read tables that nobody watches is not known: {}", e.toString());
        }
    }
}
