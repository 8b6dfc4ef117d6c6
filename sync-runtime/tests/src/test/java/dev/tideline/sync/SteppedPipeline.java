package dev.tideline.sync;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** The stages of a runtime without its loops: a test says when each takes its next pass. Used by one thread. */
public final class SteppedPipeline implements AutoCloseable {

    private final SourceDatabase source;
    private final SyncPipeline pipeline;
    private final Connection alive;

    private SteppedPipeline(SourceDatabase source, SyncPipeline pipeline, Connection alive) {
        this.source = source;
        this.pipeline = pipeline;
        this.alive = alive;
    }

    /** Starts as a runtime does: with a request for everybody. */
    public static SteppedPipeline start(SyncConfig config) throws SQLException {
        SourceDatabase source = new SourceDatabase(config.source(), SyncPipeline.connections(config));
        SyncPipeline pipeline = SyncRuntime.open(config, source, SyncListener.NONE);
        Connection alive = source.dedicated("stepped");
        pipeline.claimant().live(alive);
        pipeline.requestEverything();
        return new SteppedPipeline(source, pipeline, alive);
    }

    /** One pass of the sequencer. */
    public void sequence() throws SQLException {
        pipeline.sequence();
    }

    /** One pass of the poller, which also takes up what died with others. */
    public void poll() throws SQLException {
        pipeline.requests().reclaimDead();
        pipeline.poller().runOnce();
    }

    /** Waits for the workers. */
    public void awaitIdle() throws Exception {
        if (!Await.until(pipeline.engine()::idle, Duration.ofMillis(1), Duration.ofSeconds(30))) {
            throw new AssertionError("the workers have not come to an end within 30 s");
        }
    }

    @Override
    public void close() throws SQLException {
        pipeline.close();
        alive.close();
        source.close();
    }
}
