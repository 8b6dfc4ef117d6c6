package dev.tideline.sync.runtime;

import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.SchemaVersion;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when another installation replaces the one that this runtime was started with. Such a runtime claims no more
 * requests: two with different configurations would make every target copy back and forth. It stands by, and continues
 * if its own configuration is installed again. The same holds if the source was uninstalled, or migrated by a later
 * version of Tideline. Safe for use by many threads.
 */
final class LayoutWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LayoutWatch.class);

    /** Instead of a layout's version: nothing is installed. */
    private static final long NONE = -1;

    /** Instead of a layout's version: an install is running, and has not created all of the schema yet. */
    private static final long EARLIER = -2;

    /** Instead of a layout's version: the schema is later than this engine supports. */
    private static final long LATER = -3;

    private final SourceDatabase source;
    private final SyncPlan plan;
    private final ChangeFetcher fetcher;
    private final Runnable changed;
    private long looked; // guarded by this
    private volatile boolean outdated;
    private volatile boolean unusable;

    /**
     * @param changed runs when a capture that fits the plan has been installed again
     */
    LayoutWatch(SourceDatabase source, SyncPlan plan, ChangeFetcher fetcher, Runnable changed) {
        this.source = source;
        this.plan = plan;
        this.fetcher = fetcher;
        this.changed = changed;
        this.looked = fetcher.layoutVersion();
    }

    /** Whether another configuration was installed, as last known. */
    boolean outdated() {
        return outdated;
    }

    /** Whether no installation exists that this engine works with, as last known. */
    boolean unusable() {
        return unusable;
    }

    /** Checks whether the installation is the one that this runtime uses. */
    synchronized void look() throws SQLException {
        try (Connection connection = source.connection()) {
            long version = version(connection);
            unusable = version < 0;
            if (version != looked) {
                compare(version, unusable ? Optional.empty() : InstalledLayout.read(connection));
                looked = version;
            }
        }
    }

    private static long version(Connection connection) throws SQLException {
        // Asked first, because a session that met an error is not used again.
        if (Jdbc.one(connection, SqlTemplate.text("1-capture/lacks-layout"), row -> row.getBoolean(1))) {
            return NONE;
        }
        return Jdbc.first(connection, SqlTemplate.text("1-capture/installed"), row -> switch (Integer.signum(
                        row.getInt(2) - SchemaVersion.REQUIRED)) {
                    case -1 -> EARLIER;
                    case 1 -> LATER;
                    default -> row.getLong(1);
                })
                .orElse(NONE);
    }

    private void compare(long version, Optional<InstalledLayout> installed) {
        if (version == LATER) {
            LOG.warn(
                    "a later version of Tideline has migrated schema tideline. This runtime stands by; stop it, and start one"
                            + " of that version");
        } else if (version == NONE) {
            LOG.warn("Tideline was uninstalled from the source. This runtime stands by; stop it, or run \"install\""
                    + " with its configuration to let it continue");
        }
        // A running install records the mappings last.
        if (installed.isEmpty() || installed.get().mappings().isEmpty()) {
            outdated = true;
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
