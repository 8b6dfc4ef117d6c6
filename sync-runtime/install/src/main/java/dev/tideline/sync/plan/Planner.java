package dev.tideline.sync.plan;

import dev.tideline.sync.capture.CapturePlan;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.plan.InstallPlan.SchemaChange;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.FaultyEntry;
import dev.tideline.sync.target.TargetDirectory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plans an install. Changes nothing, in the source or elsewhere. */
public final class Planner {

    private Planner() {}

    /** Tells what happens to schema {@code tideline}. */
    @FunctionalInterface
    public interface Schema {
        SchemaChange becomes(SourceDatabase source) throws SQLException;
    }

    /**
     * Plans.
     *
     * @param most how many external databases to inspect; 0 for none
     */
    public static InstallPlan plan(SyncConfig config, int most, Schema schema) throws SQLException {
        try (SourceDatabase source =
                new SourceDatabase(config.source(), config.sync().workers() + 2)) {
            try (Connection connection = source.connection()) {
                SyncPlan plan = MappingResolver.resolve(config, connection);
                SchemaChange becomes = schema.becomes(source);
                Optional<InstalledLayout> before =
                        becomes == SchemaChange.MADE ? Optional.empty() : InstalledLayout.read(connection);
                List<CapturePlan.Step> capture = CapturePlan.of(connection, plan, before);
                List<ExternalDatabase> all = new TargetDirectory(source, plan).all();
                List<InstallPlan.Target> targets = new ArrayList<>(look(first(all, most), plan, source, before));
                if (most > 0 && before.isPresent()) {
                    targets.addAll(dropped(connection, all));
                }
                return new InstallPlan(becomes, capture, targets, Math.max(0, all.size() - most));
            }
        }
    }

    /**
     * Only what will happen to the enabled external databases.
     *
     * @param most how many of them to inspect; 0 for none
     */
    public static Targets targets(SyncPlan plan, int most, Schema schema) throws SQLException {
        try (SourceDatabase source =
                new SourceDatabase(plan.config().source(), plan.config().sync().workers() + 2)) {
            TargetDirectory directory = new TargetDirectory(source, plan);
            List<ExternalDatabase> all = directory.all();
            return new Targets(
                    look(first(all, most), plan, source, installed(source, schema)),
                    Math.max(0, all.size() - most),
                    directory.faults(),
                    overlapping(all));
        }
    }

    /** Each that names the same database and schema as one before it. */
    private static List<Overlap> overlapping(List<ExternalDatabase> all) {
        List<Overlap> overlapping = new ArrayList<>();
        Map<PostgresUrl.Place, ExternalDatabase> places = new HashMap<>();
        for (ExternalDatabase database : all) {
            try {
                ExternalDatabase other =
                        places.putIfAbsent(PostgresUrl.parse(database.url()).place(), database);
                if (other != null) {
                    overlapping.add(new Overlap(other, database));
                }
            } catch (ConfigException e) {
                // reported when this database is inspected
            }
        }
        return overlapping;
    }

    /** Two external databases with the same database and schema. */
    public record Overlap(ExternalDatabase one, ExternalDatabase other) {}

    /** Also empty if our role may not read it: obstacles in target tables are found without it. */
    private static Optional<InstalledLayout> installed(SourceDatabase source, Schema schema) throws SQLException {
        try (Connection connection = source.connection()) {
            return schema.becomes(source) == SchemaChange.KEPT ? InstalledLayout.read(connection) : Optional.empty();
        } catch (SQLException e) {
            if (SqlState.INSUFFICIENT_PRIVILEGE.is(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * @param notLookedAt number of external databases that were not inspected
     * @param faults invalid rows of the table of external databases
     * @param overlapping among all of them, inspected or not
     */
    public record Targets(
            List<InstallPlan.Target> targets, long notLookedAt, List<FaultyEntry> faults, List<Overlap> overlapping) {}

    private static List<ExternalDatabase> first(List<ExternalDatabase> all, int most) {
        return all.subList(0, Math.min(most, all.size()));
    }

    /** Those that were synced earlier and are now disabled or not listed. */
    private static List<InstallPlan.Target> dropped(Connection source, List<ExternalDatabase> listed)
            throws SQLException {
        return Jdbc.list(
                source,
                SqlTemplate.text("6-status/dropped-targets"),
                row -> new InstallPlan.Target(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        "is disabled or no longer listed: it stays as it is. If it comes back, it catches up, or is"
                                + " compared completely if it was away for too long",
                        List.of()),
                listed.stream().map(ExternalDatabase::tenant).toList(),
                listed.stream().map(ExternalDatabase::name).toList());
    }

    private static List<InstallPlan.Target> look(
            List<ExternalDatabase> databases, SyncPlan plan, SourceDatabase source, Optional<InstalledLayout> before)
            throws SQLException {
        TargetPlanner planner = new TargetPlanner(plan, source, before);
        ExecutorService threads =
                Executors.newFixedThreadPool(plan.config().sync().workers());
        try {
            List<Future<InstallPlan.Target>> looks = databases.stream()
                    .map(database -> threads.submit(() -> planner.plan(database)))
                    .toList();
            List<InstallPlan.Target> targets = new ArrayList<>();
            for (Future<InstallPlan.Target> look : looks) {
                targets.add(look.get());
            }
            return targets;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while the external databases were looked at", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
