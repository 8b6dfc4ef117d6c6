package dev.tideline.sync.runtime;

import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when something else was installed than this runtime was started with. Such a runtime claims no more requests:
 * two with different configurations would make every target copy back and forth. It stands by, and goes on by itself
 * should its own configuration be installed again. So does one whose source was uninstalled. Safe for use by many threads.
 */
final class LayoutWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LayoutWatch.class);

    private final SourceDatabase source;
    private final SyncPlan plan;
    private final ChangeFetcher fetcher;
    private final Runnable changed;
    private long looked; // guarded by this
    private volatile boolean outdated;
    private volatile boolean uninstalled;

    /** @param changed runs when what is installed was installed anew, and is ours */
    LayoutWatch(SourceDatabase source, SyncPlan plan, ChangeFetcher fetcher, Runnable changed) {
        this.source = source;
        this.plan = plan;
        this.fetcher = fetcher;
        this.changed = changed;
        this.looked = fetcher.layoutVersion();
    }

    /** Whether another configuration was installed, as far as is known. */
    boolean outdated() {
        return outdated;
    }

    /** Whether nothing is installed any more, as far as is known. */
    boolean uninstalled() {
        return uninstalled;
    }

    /** Finds out whether what is installed is what this runtime has. */
    synchronized void look() throws SQLException {
        try (Connection connection = source.connection()) {
            long version = version(connection);
            if (version != looked) {
                compare(version < 0 ? Optional.empty() : InstalledLayout.read(connection));
                looked = version;
            }
        }
    }

    /** -1 where nothing is installed. */
    private long version(Connection connection) throws SQLException {
        // Asked first, since a session that met an error is not used again.
        uninstalled = Jdbc.one(connection, "SELECT to_regclass('tideline.layout') IS NULL", row -> row.getBoolean(1));
        return uninstalled
                ? -1
                : Jdbc.first(connection, "SELECT version FROM tideline.layout", row -> row.getLong(1))
                        .orElse(-1L);
    }

    private void compare(Optional<InstalledLayout> installed) {
        if (installed.isEmpty()) {
            LOG.warn("Tideline was uninstalled from the source. This runtime stands by; stop it, or run \"install\""
                    + " with its configuration to let it continue");
            outdated = true;
            return;
        }
        if (installed.get().mappings().isEmpty()) {
            outdated = true; // an install is at work, which records the mappings last
            return;
        }
        List<String> differences = installed.get().differences(plan);
        if (!differences.isEmpty()) {
            LOG.warn(
                    "another configuration was installed in the source: {}. This runtime stands by and leaves the"
                            + " external databases to runtimes with that configuration; restart it with the installed"
                            + " configuration",
                    String.join("; ", differences));
            outdated = true;
            return;
        }
        fetcher.use(installed.get());
        if (outdated) {
            LOG.info("this runtime's configuration is installed again; it resumes");
        }
        outdated = false;
        changed.run();
    }
}
