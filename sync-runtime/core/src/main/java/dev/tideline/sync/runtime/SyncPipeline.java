package dev.tideline.sync.runtime;

import dev.tideline.sync.apply.SourceItself;
import dev.tideline.sync.config.DispatchMode;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.dispatch.Claimant;
import dev.tideline.sync.dispatch.Poller;
import dev.tideline.sync.dispatch.RequestHandler;
import dev.tideline.sync.dispatch.RequestStore;
import dev.tideline.sync.engine.RollCall;
import dev.tideline.sync.engine.SyncEngine;
import dev.tideline.sync.engine.SyncListeners;
import dev.tideline.sync.engine.TargetPool;
import dev.tideline.sync.engine.TargetStateStore;
import dev.tideline.sync.engine.TargetSync;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.loop.Signal;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.park.ParkedRowStore;
import dev.tideline.sync.park.Parking;
import dev.tideline.sync.request.HttpDispatch;
import dev.tideline.sync.request.Senders;
import dev.tideline.sync.sequence.PassResult;
import dev.tideline.sync.sequence.Sequencer;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.source.SourceHistory;
import dev.tideline.sync.status.StatusWatch;
import dev.tideline.sync.status.WorkMeter;
import dev.tideline.sync.target.TargetDirectory;
import dev.tideline.sync.trace.Tracing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The five stages in the order in which a row passes them, without the loops that drive them:
 *
 * <ol>
 *   <li>capture: triggers in the source, created by {@link dev.tideline.sync.capture.Installer};
 *   <li>sequence: {@link #sequencer()} gives committed changes the next sequence ids;
 *   <li>dispatch: {@link #poller()} claims the tenants' requests;
 *   <li>fetch and
 *   <li>apply: {@link #engine()} carries them out, target by target.
 * </ol>
 *
 * Each stage wakes the next one, and may be run by hand. Sequencer and poller are for one thread each, the engine for
 * many.
 */
public final class SyncPipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyncPipeline.class);

    /** Connections of the pool to the source in addition to those of the workers. */
    private static final int OWN_CONNECTIONS = 8;

    /** How long a sequencer may be silent, in addition to its interval, before another takes over. */
    private static final Duration HUNG = Duration.ofSeconds(5);

    private final SyncPlan plan;
    private final SourceDatabase source;
    private final TargetDirectory directory;
    private final RequestStore requests;
    private final Sequencer sequencer;
    private final Poller poller;
    private final TargetPool targets;
    private final Parking parking;
    private final SyncEngine engine;
    private final RequestHandler handler;
    private final ChangeFetcher fetcher;
    private final Signal pollerSignal = new Signal();
    private final Signal sequenced = new Signal();
    private final Claimant claimant = Claimant.random();
    private final WorkMeter meter = new WorkMeter();
    private final SyncListeners listeners;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final LayoutWatch layoutWatch;
    private final SourceHistory history;
    private final RollCall rollCall;

    private final Tracing tracing;

    private SyncPipeline(
            SyncPlan plan, SourceDatabase source, InstalledLayout layout, SyncListener listener, Tracing tracing)
            throws SQLException {
        SyncConfig config = plan.config();
        int workers = config.sync().workers();
        this.plan = plan;
        this.source = source;
        this.tracing = tracing;
        this.listeners = new SyncListeners(listener, meter);
        this.directory = new TargetDirectory(source, plan);
        this.requests = new RequestStore(source);
        this.sequencer = new Sequencer(
                source,
                config.sequencer().batchSize(),
                config.sequencer().interval().multipliedBy(2).plus(HUNG),
                this::sequencedSome,
                this::requestEverything,
                tracing);
        this.targets = new TargetPool(
                SyncEngine.places(workers),
                config.externalDatabases().allowPrivate(),
                plan.mappings(),
                (target, schema) -> {
                    try (Connection connection = source.connection()) {
                        return SourceItself.problem(target, connection, schema, plan.mappings());
                    }
                });
        this.fetcher = new ChangeFetcher(source, plan.mappings(), layout);
        this.layoutWatch = new LayoutWatch(source, plan, fetcher, this::requestEverything);
        this.history = new SourceHistory(source, this::requestEverything);
        TargetStateStore states = new TargetStateStore(source);
        this.rollCall = new RollCall(states, directory, fetcher);
        this.parking =
                new Parking(fetcher, new ParkedRowStore(source), config.sync().onBadRow());
        this.engine = new SyncEngine(
                states,
                directory,
                targets,
                told -> new TargetSync(
                        targets,
                        fetcher,
                        history,
                        parking,
                        config.sync().batchSize(),
                        told,
                        tracing,
                        () -> stopping.get() || layoutWatch.outdated()),
                listeners,
                requests,
                workers,
                pollerSignal::ring,
                tracing);
        this.handler = handler(config);
        this.poller = new Poller(requests, config.poller(), claimant.text(), fetcher::layoutVersion, handler, tracing);
    }

    /** The engine of this process, or the client of other runtimes' engines over HTTP. */
    private RequestHandler handler(SyncConfig config) throws SQLException {
        if (config.dispatch() != DispatchMode.HTTP) {
            return engine;
        }
        try (Connection connection = source.connection()) {
            return new HttpDispatch(
                    config.syncEngineUrl(), Senders.own(config, connection), requests, pollerSignal::ring, tracing);
        }
    }

    private void sequencedSome() {
        pollerSignal.ring();
        sequenced.ring();
    }

    /** The largest number of pooled connections to the source for this configuration. */
    public static int connections(SyncConfig config) {
        return config.sync().workers() + SyncEngine.slowPlaces(config.sync().workers()) + OWN_CONNECTIONS;
    }

    /** Connects the stages without starting anything. */
    public static SyncPipeline of(
            SyncPlan plan, SourceDatabase source, InstalledLayout layout, SyncListener listener, Tracing tracing)
            throws SQLException {
        return new SyncPipeline(plan, source, layout, listener, tracing);
    }

    public Sequencer sequencer() {
        return sequencer;
    }

    /** Runs one pass of the second stage, which wakes the third. */
    public PassResult sequence() throws SQLException {
        return sequencer.runOnce();
    }

    public Poller poller() {
        return poller;
    }

    public SyncEngine engine() {
        return engine;
    }

    /** Carries out what the third stage claims: the engine, or another runtime's over HTTP. */
    public RequestHandler handler() {
        return handler;
    }

    /** Rung when changes were sequenced. */
    Signal sequenced() {
        return sequenced;
    }

    /** The version of the layout that this pipeline uses. */
    long layoutVersion() {
        return fetcher.layoutVersion();
    }

    public TargetDirectory directory() {
        return directory;
    }

    public SyncPlan plan() {
        return plan;
    }

    /** Switches to the current installation, or stands by if it is for another configuration. */
    public void followLayout() throws SQLException {
        layoutWatch.look();
    }

    /** Whether the source has no installation that this engine works with, as last known. */
    public boolean unusable() {
        return layoutWatch.unusable();
    }

    /**
     * Whether another configuration is installed, as last known; then the external databases are left to runtimes that
     * have it.
     */
    public boolean outdated() {
        return layoutWatch.outdated();
    }

    public TargetPool targets() {
        return targets;
    }

    public SourceHistory history() {
        return history;
    }

    public Parking parking() {
        return parking;
    }

    public RollCall rollCall() {
        return rollCall;
    }

    public WorkMeter meter() {
        return meter;
    }

    public SyncListeners listeners() {
        return listeners;
    }

    public Claimant claimant() {
        return claimant;
    }

    public Signal pollerSignal() {
        return pollerSignal;
    }

    public RequestStore requests() {
        return requests;
    }

    Tracing tracing() {
        return tracing;
    }

    SourceDatabase source() {
        return source;
    }

    /**
     * Creates a request for every tenant that has an external database, because rows may be gone or have another
     * definition from now on.
     */
    public void requestEverything() {
        try {
            requests.enqueue(directory.tenants());
            pollerSignal.ring();
        } catch (SQLException e) {
            LOG.warn("cannot request a sync of every tenant; the next start does: {}", e.toString());
        }
    }

    /** Lets runs end after their current transactions, and prevents others. Returns at once. */
    public void stop() {
        stopping.set(true);
    }

    /** Ends runs after their current transactions, then closes all connections except the source's pool. */
    @Override
    public void close() {
        stop();
        if (handler != engine) {
            handler.close();
        }
        engine.close();
        targets.close();
        try (Connection connection = source.bookkeeping()) {
            StatusWatch.add(connection, sequencer.figures());
        } catch (SQLException e) {
            LOG.debug("cannot add the figures of the last passes to the statistics: {}", e.toString());
        }
        try {
            sequencer.close();
        } catch (SQLException e) {
            LOG.debug("closing the sequencer's session: {}", e.toString());
        }
    }
}
