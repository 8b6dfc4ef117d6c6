package dev.tideline.sync;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.dispatch.RequestStore;
import dev.tideline.sync.engine.TargetSync;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.park.ParkedRowStore;
import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.sequence.PassResult;
import dev.tideline.sync.sequence.Peek;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.source.SourceFailure;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Syncs one tenant's external databases up to everything that was committed at the call, whether or not a runtime is
 * running on the same source.
 */
public final class TenantSync {

    /** The most changes read to measure another runtime's backlog. */
    private static final int A_LOOK = 100_000;

    private static final Duration SEQUENCER_LIMIT = Duration.ofSeconds(30);

    private TenantSync() {}

    /**
     * The result for each external database.
     *
     * @param targets those that were synced
     * @param paused those that were left out because they are paused
     * @param pollerPaused whether the poller is paused, so that runtimes sync nothing; this sync works without it
     * @param parked target and mapping to the number of rows parked there
     * @param failures why databases are not caught up; empty if all are
     */
    public record Report(
            List<ExternalDatabase> targets,
            List<ExternalDatabase> paused,
            boolean pollerPaused,
            Map<String, Long> parked,
            Map<String, SyncException> failures) {

        /** How many external databases are not caught up, even if only one mapping is behind. */
        public long failed() {
            return failures.values().stream()
                    .map(e -> e.subject().target())
                    .distinct()
                    .count();
        }
    }

    /**
     * Runs until caught up. Paused external databases are left out.
     *
     * @param listener receives every batch
     * @throws UnknownNameException if there is nothing to sync to
     * @throws SyncException if the source fails, the sequencer is paused, or another runtime sequences and makes no
     *     progress
     */
    public static Report run(SyncConfig config, String tenant, SyncListener listener) {
        return run(config, tenant, null, null, false, listener);
    }

    /**
     * Copies a tenant's rows again, removes rows that should not be there, and runs until caught up. If it is
     * interrupted, the next sync of the tenant continues the copy.
     *
     * @param target only into this external database; null for all
     * @param mapping copies only this mapping; null for all
     * @param listener receives every batch
     * @throws UnknownNameException if there is no such tenant, target or mapping
     * @throws SyncException as {@link #run} does
     */
    public static Report again(SyncConfig config, String tenant, String target, String mapping, SyncListener listener) {
        return run(config, tenant, target, mapping, true, listener);
    }

    private static Report run(
            SyncConfig config, String tenant, String target, String mapping, boolean again, SyncListener listener) {
        try (SourceDatabase source = new SourceDatabase(config.source(), SyncPipeline.connections(config));
                SyncPipeline pipeline = SyncRuntime.open(config, source, listener)) {
            NamedTargets named = NamedTargets.find(pipeline, tenant, target, mapping);
            Map<Boolean, List<ExternalDatabase>> byPaused = named.targets().stream()
                    .collect(Collectors.partitioningBy(one -> named.paused().contains(one.label())));
            List<ExternalDatabase> targets = byPaused.get(false);
            sequenceWhatIsCommitted(pipeline, source);
            if (again) {
                pipeline.requests().enqueue(List.of(tenant)); // if this process ends now, another continues
            }
            List<RequestStore.Waiting> covered =
                    target == null ? pipeline.requests().waiting(tenant) : List.of();
            Map<String, SyncException> failures = new LinkedHashMap<>();
            for (ExternalDatabase one : targets) {
                try {
                    if (again) {
                        pipeline.engine().copyAgain(one, named.mappings());
                    }
                    TargetSync.Result result = pipeline.engine().runNow(one);
                    result.failures().forEach((failed, e) -> failures.put(one.name() + "/" + failed, e));
                } catch (SyncException e) {
                    failures.put(one.name(), e);
                }
            }
            if (failures.isEmpty()) {
                pipeline.requests().withdraw(covered);
            }
            return new Report(
                    targets, byPaused.get(true), pollerPaused(source), parked(source, tenant, targets), failures);
        } catch (SQLException e) {
            throw SourceFailure.of(config.source(), e);
        }
    }

    private static void sequenceWhatIsCommitted(SyncPipeline pipeline, SourceDatabase source) throws SQLException {
        try {
            boolean done = Await.until(
                    () -> {
                        PassResult result = pipeline.sequence();
                        if (result instanceof PassResult.Paused) {
                            throw paused();
                        }
                        return result instanceof PassResult.Nothing
                                || result instanceof PassResult.Sequenced sequenced && !sequenced.more()
                                || result instanceof PassResult.StandBy && nothingNew(source);
                    },
                    Duration.ofMillis(5),
                    SEQUENCER_LIMIT);
            if (!done) {
                throw new SyncException("another runtime is the sequencer of this source and has not sequenced the"
                        + " committed changes within " + SEQUENCER_LIMIT.toSeconds() + " s; see \"status\"");
            }
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException("interrupted");
        } catch (Exception e) {
            throw new SyncException(e.getMessage(), e);
        }
    }

    /** Whether the sequencing runtime has sequenced everything; it never has while the sequencer is paused. */
    private static boolean nothingNew(SourceDatabase source) throws SQLException {
        try (Connection connection = source.connection()) {
            Peek peek = Peek.at(connection, A_LOOK);
            if (!peek.enabled()) {
                throw paused();
            }
            return peek.nothingNew();
        }
    }

    private static SyncException paused() {
        return new SyncException("the sequencer is paused, so changes committed since then are not synced. Run"
                + " \"resume sequencer\", then sync again");
    }

    private static boolean pollerPaused(SourceDatabase source) throws SQLException {
        try (Connection connection = source.connection()) {
            return !new Fusebox(connection).enabled("poller");
        }
    }

    private static Map<String, Long> parked(SourceDatabase source, String tenant, List<ExternalDatabase> targets)
            throws SQLException {
        List<String> names = targets.stream().map(ExternalDatabase::name).toList();
        Map<String, Long> parked = new TreeMap<>();
        new ParkedRowStore(source).counts(tenant).forEach((where, rows) -> {
            if (names.contains(where.target())) {
                parked.put(where.target() + " " + where.mapping(), rows);
            }
        });
        return parked;
    }
}
