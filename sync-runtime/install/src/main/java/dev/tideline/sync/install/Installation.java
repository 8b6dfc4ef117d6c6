package dev.tideline.sync.install;

import dev.tideline.sync.capture.Installer;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.SourceConnection;
import dev.tideline.sync.mapping.SourceRights;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.plan.InstallPlan;
import dev.tideline.sync.plan.InstallPlan.SchemaChange;
import dev.tideline.sync.plan.Planner;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.source.SourceFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** Installs what capture needs into a source, and removes it. Both may be repeated at any time. */
public final class Installation {

    private Installation() {}

    /**
     * Makes the source capture what a configuration needs. Waits for a lock on a table for at most two seconds at a
     * time; continues what an earlier run began.
     *
     * @param progress gets a line for each step
     * @throws ConfigException if the configuration does not fit the source, or rights are missing
     * @throws SyncException if a table stays locked, or the source fails
     */
    public static void install(SyncConfig config, Consumer<String> progress) {
        SyncPlan plan;
        try (Connection connection = SourceConnection.open(config)) {
            plan = MappingResolver.resolve(config, connection);
            List<Problem> missing = SourceRights.missing(plan, connection);
            if (!missing.isEmpty()) {
                throw new ConfigException(missing);
            }
        } catch (SQLException e) {
            throw SourceFailure.of(config.source(), e);
        }
        try (SourceDatabase source = new SourceDatabase(config.source(), 3)) {
            Migration.run(source.pool());
            new Installer(source.pool(), progress).install(plan);
        }
    }

    /** What {@link #install} will do to schema {@code tideline}. */
    public static SchemaChange schema(SourceDatabase source) throws SQLException {
        return switch (Migration.state(source)) {
            case NONE -> SchemaChange.MADE;
            case EARLIER -> SchemaChange.MIGRATED;
            case CURRENT -> SchemaChange.KEPT;
        };
    }

    /**
     * What {@link #install} will do to the source, and what will then happen to the external databases. Changes
     * nothing.
     *
     * @param targets how many external databases to inspect; 0 for none
     * @throws ConfigException if the configuration does not fit the source
     * @throws SyncException if the source fails
     */
    public static InstallPlan plan(SyncConfig config, int targets) {
        try (Connection connection = SourceConnection.open(config)) {
            connection.isValid(5);
            return Planner.plan(config, targets, Installation::schema);
        } catch (SQLException e) {
            throw SourceFailure.of(config.source(), e);
        }
    }

    /**
     * Removes schema {@code tideline} and its triggers; nothing of the user's is touched. Targets are left alone.
     *
     * @return whether there was anything to remove
     * @throws SyncException if a table stays locked, or the source fails
     */
    public static boolean uninstall(SyncConfig config, Consumer<String> progress) {
        try (Connection connection = SourceConnection.open(config)) {
            connection.isValid(5);
        } catch (SQLException e) {
            throw SourceFailure.of(config.source(), e);
        }
        try (SourceDatabase source = new SourceDatabase(config.source(), 3)) {
            return new Installer(source.pool(), progress).uninstall();
        }
    }
}
