package dev.tideline.sync;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.runtime.RequestLoops;
import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.sequence.PassResult;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Runs one stage once, for cron and for observing a stage. Safe beside a running runtime. */
public final class SinglePass {

    private SinglePass() {}

    /** One pass of the sequencer. */
    public static PassResult sequence(SyncConfig config) throws SQLException {
        try (SourceDatabase source = new SourceDatabase(config.source(), SyncPipeline.connections(config));
                SyncPipeline pipeline = SyncRuntime.open(config, source, SyncListener.NONE)) {
            return pipeline.sequence();
        }
    }

    /** Carries out the waiting requests, and returns how many of them were syncs. */
    public static int poll(SyncConfig config) throws SQLException {
        try (SourceDatabase source = new SourceDatabase(config.source(), SyncPipeline.connections(config));
                SyncPipeline pipeline = SyncRuntime.open(config, source, SyncListener.NONE);
                Connection alive = source.dedicated("poller")) {
            pipeline.claimant().live(alive);
            int claimed = pipeline.poller().runOnce().requests();
            try (RequestLoops outgoing = RequestLoops.of(pipeline)) {
                outgoing.live(alive);
                outgoing.runOnce();
            }
            Await.until(
                    () -> pipeline.handler().idle() && pipeline.engine().idle(),
                    Duration.ofMillis(5),
                    Duration.ofHours(24));
            return claimed;
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException("interrupted");
        } catch (Exception e) {
            throw new SyncException(e.getMessage(), e);
        }
    }
}
