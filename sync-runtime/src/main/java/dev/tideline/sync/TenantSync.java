package dev.tideline.sync;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.engine.SyncListener;
import dev.tideline.sync.engine.TargetSync;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.sequence.PassResult;
import dev.tideline.sync.sequence.Peek;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings one tenant's external databases up to what was committed when it was called, whether or not a runtime is at
 * work on the same source.
 */
public final class TenantSync {

    /** Changes that a look at another's backlog reads at most. */
    private static final int A_LOOK = 100_000;

    private static final Duration SEQUENCER_LIMIT = Duration.ofSeconds(30);

    private TenantSync() {}

    /**
     * What became of each external database.
     *
     * @param failures what stopped those that are not caught up; empty when all are
     */
    public record Report(List<ExternalDatabase> targets, Map<String, SyncException> failures) {}

    /** There is no such tenant, or it has no external database. */
    public static final class UnknownTenantException extends SyncException {

        private static final long serialVersionUID = 1L;

        UnknownTenantException(String message) {
            super(message);
        }
    }

    /**
     * Runs until caught up.
     *
     * @param listener is told of every batch
     * @throws UnknownTenantException if there is nothing to sync to
     * @throws SyncException if the source fails, or another runtime sequences and does not get on
     */
    public static Report run(SyncConfig config, String tenant, SyncListener listener) {
        try (SourceDatabase source = new SourceDatabase(config.source(), SyncPipeline.connections(config));
                SyncPipeline pipeline = SyncRuntime.open(config, source, listener)) {
            List<ExternalDatabase> targets = targets(pipeline, tenant);
            sequenceWhatIsCommitted(pipeline, source);
            Map<String, SyncException> failures = new LinkedHashMap<>();
            for (ExternalDatabase target : targets) {
                try {
                    TargetSync.Result result = pipeline.engine().runNow(target);
                    result.failures().forEach((mapping, e) -> failures.put(target.name() + "/" + mapping, e));
                } catch (SyncException e) {
                    failures.put(target.name(), e);
                }
            }
            return new Report(targets, failures);
        } catch (SQLException e) {
            throw SourceFailure.of(config.source(), e);
        }
    }

    private static List<ExternalDatabase> targets(SyncPipeline pipeline, String tenant) throws SQLException {
        List<ExternalDatabase> targets = pipeline.directory().of(Set.of(tenant));
        if (targets.isEmpty()) {
            boolean exists = !pipeline.directory().existing(Set.of(tenant)).isEmpty();
            throw new UnknownTenantException(
                    exists
                            ? "tenant " + tenant + " has no external database that is enabled"
                            : "there is no tenant " + tenant);
        }
        return targets;
    }

    private static void sequenceWhatIsCommitted(SyncPipeline pipeline, SourceDatabase source) throws SQLException {
        try {
            boolean done = Await.until(
                    () -> {
                        PassResult result = pipeline.sequence();
                        return result instanceof PassResult.Nothing
                                || result instanceof PassResult.SwitchedOff
                                || result instanceof PassResult.Sequenced sequenced && !sequenced.more()
                                || result instanceof PassResult.StandBy && nothingNew(source);
                    },
                    Duration.ofMillis(5),
                    SEQUENCER_LIMIT);
            if (!done) {
                throw new SyncException("another runtime is the sequencer of this source and has not come to what was"
                        + " committed within " + SEQUENCER_LIMIT.toSeconds() + " s; see \"status\"");
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

    private static boolean nothingNew(SourceDatabase source) throws SQLException {
        try (Connection connection = source.connection()) {
            return Peek.at(connection, A_LOOK).nothingNew();
        }
    }
}
