package dev.tideline.sync.runtime;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.dispatch.Claimant;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.loop.Loop;
import dev.tideline.sync.loop.Pace;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.loop.Signal;
import dev.tideline.sync.request.AlertWatch;
import dev.tideline.sync.request.OutgoingRequestHandler;
import dev.tideline.sync.request.Senders;
import dev.tideline.sync.request.WebhookFeed;
import dev.tideline.sync.source.SourceFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Creates and sends HTTP requests beside the pipeline, with loops and threads of its own. */
public final class RequestLoops implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(2);

    /** When failed tries may be due again; new requests of this process and ended tries ring the loop. */
    private static final Duration FIRST_IDLE = Duration.ofMillis(32);

    /**
     * The longest that a request waits to be noticed: it rings no bell, because a transaction with a NOTIFY could not
     * be prepared.
     */
    private static final Duration IDLE = Duration.ofMillis(250);

    /** The longest that a change waits if another runtime has sequenced it. */
    private static final Duration FEED_IDLE = Duration.ofSeconds(1);

    private static final Duration ALERTS_EVERY = Duration.ofSeconds(5);

    private final SyncPipeline pipeline;
    private final Claimant claimant = Claimant.random();
    private final Signal signal = new Signal();
    private final OutgoingRequestHandler handler;
    private final WebhookFeed feed;
    private final AlertWatch alerts;
    private final List<Loop> loops = new ArrayList<>();

    private RequestLoops(SyncPipeline pipeline, Senders senders) {
        SyncConfig config = pipeline.plan().config();
        this.pipeline = pipeline;
        this.handler = new OutgoingRequestHandler(
                pipeline.source(), config.requests(), senders, claimant.text(), signal, pipeline.tracing());
        this.feed = new WebhookFeed(
                pipeline.source(),
                pipeline.plan().mappings(),
                config.webhooks(),
                pipeline::layoutVersion,
                signal::ring);
        this.alerts = new AlertWatch(pipeline.source(), config.alerts(), signal::ring);
    }

    /** Creates the loops without starting them. */
    public static RequestLoops of(SyncPipeline pipeline) {
        try (Connection connection = pipeline.source().connection()) {
            return new RequestLoops(pipeline, Senders.of(pipeline.plan().config(), connection));
        } catch (SQLException e) {
            throw SourceFailure.of(pipeline.plan().config().source(), e);
        }
    }

    /** Starts the loops that the configuration needs. */
    public RequestLoops start() {
        SyncConfig config = pipeline.plan().config();
        loops.add(loop("requests", handler, Pace.gathering(PACE, FIRST_IDLE, IDLE), signal));
        if (!config.webhooks().isEmpty()) {
            loops.add(loop(
                    "webhooks",
                    feed,
                    Pace.gathering(config.sequencer().interval(), FEED_IDLE, FEED_IDLE),
                    pipeline.sequenced()));
        }
        if (!config.alerts().isEmpty()) {
            loops.add(loop("alerts", alerts, new Pace(ALERTS_EVERY, ALERTS_EVERY, Pace.NO_MATTER), new Signal()));
        }
        return this;
    }

    private Loop loop(String name, Pass pass, Pace pace, Signal wakes) {
        return Loop.start(name, InstalledOnly.of(pipeline, pass), pace, wakes);
    }

    /** Shows with a session that this process lives, so that its claims are not taken over. */
    public void live(Connection session) throws SQLException {
        claimant.live(session);
    }

    /** Creates and sends the current requests, without loops; retries wait for the next call. */
    public void runOnce() throws Exception {
        Await.until(() -> feed.runOnce() instanceof Pass.Next.Idle, Duration.ZERO, Duration.ofHours(1));
        alerts.runOnce();
        Await.until(
                () -> handler.runOnce() instanceof Pass.Next.Idle && handler.idle(),
                Duration.ofMillis(2),
                Duration.ofHours(1));
    }

    /** The running loops. */
    public Stream<Loop> loops() {
        return loops.stream();
    }

    public void stop() {
        loops.forEach(Loop::stop);
    }

    @Override
    public void close() {
        stop();
        loops.forEach(Loop::close);
        handler.close();
    }
}
