package dev.tideline.sync;

import dev.tideline.sync.collect.LedgerCollector;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.dispatch.Poller;
import dev.tideline.sync.error.NotInstalledException;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.loop.Doorbell;
import dev.tideline.sync.loop.Loop;
import dev.tideline.sync.loop.Pace;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.loop.Signal;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.SourceConnection;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.request.WebhookRegister;
import dev.tideline.sync.runtime.CollectingPass;
import dev.tideline.sync.runtime.InstalledOnly;
import dev.tideline.sync.runtime.LeasePass;
import dev.tideline.sync.runtime.ProcessEntry;
import dev.tideline.sync.runtime.RequestLoops;
import dev.tideline.sync.runtime.RollCallPass;
import dev.tideline.sync.runtime.SequencingPass;
import dev.tideline.sync.runtime.StartWarnings;
import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.runtime.WatchedFuses;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.source.SourceFailure;
import dev.tideline.sync.status.StatusWatch;
import dev.tideline.sync.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every tenant's external databases in step until closed. Several runtimes may run on one source: one of them
 * sequences, all of them apply, and the others take over when one dies. Safe for use by many threads.
 */
public final class SyncRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyncRuntime.class);

    /** The longest that an idle loop sleeps. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** How often it is written down where targets stand that are well. */
    private static final Duration STATES = Duration.ofMillis(250);

    /** How often it is written down what this runtime has done. */
    private static final Duration FIGURES = Duration.ofMillis(250);

    /** How long between two looks at tenants of whom nothing is to be expected: the first ones, and those behind them. */
    private static final Duration LOOKS = Duration.ofMillis(10);

    private static final Duration LOOKS_IN_TURN = Duration.ofSeconds(2);

    /** How long between two rounds through the ledgers. */
    private static final Duration COLLECT_EVERY = Duration.ofMinutes(5);

    private final SourceDatabase source;
    private final SyncPipeline pipeline;
    private final SequencingPass sequencing;
    private final RollCallPass rollCall;
    private final Doorbell doorbell;
    private final List<Loop> loops;
    private final ProcessEntry process;
    private final boolean works;
    private final StatusWatch watch;
    private final Signal sequencerSignal = new Signal();
    private final Object polling = new Object();
    private final SyncOperations operations;
    private final RequestLoops outgoing;

    private SyncRuntime(SourceDatabase source, SyncPipeline pipeline, Drive drive) {
        SyncConfig config = pipeline.plan().config();
        this.source = source;
        this.pipeline = pipeline;
        this.doorbell = new Doorbell(source, sequencerSignal, config.sequencer().doorbell(), this::connected);
        this.works = drive == Drive.RUN;
        this.process = new ProcessEntry(pipeline.claimant(), drive.name().toLowerCase(Locale.ROOT));
        this.sequencing = new SequencingPass(pipeline, doorbell, process, drive == Drive.RUN);
        this.watch = new StatusWatch(
                source,
                pipeline.sequencer().figures(),
                pipeline.meter(),
                pipeline.claimant().number(),
                sequencing::leading);
        pipeline.engine().heed(new WatchedFuses(watch));
        Signal rollCallSignal = new Signal();
        this.rollCall = new RollCallPass(
                pipeline.rollCall(),
                pipeline.requests(),
                () -> !sequencing.caughtUp() || !pipeline.engine().idle(),
                pipeline.pollerSignal()::ring,
                System::nanoTime,
                rollCallSignal);
        this.outgoing = RequestLoops.of(pipeline);
        List<Loop> running = new ArrayList<>();
        if (drive == Drive.RUN) {
            // First, for there may be a backlog. Once the bell is heard, it looks again.
            running.add(Loop.start(
                    "sequencer",
                    InstalledOnly.of(pipeline, sequencing),
                    new Pace(config.sequencer().interval(), IDLE, sequencing),
                    sequencerSignal));
        }
        doorbell.listen();
        if (drive == Drive.RUN) {
            outgoing.start();
            running.add(Loop.start(
                    "poller",
                    InstalledOnly.looking(pipeline, this::poll),
                    new Pace(config.poller().interval(), IDLE, Pace.NO_MATTER),
                    pipeline.pollerSignal()));
            running.add(Loop.start(
                    "roll-call",
                    InstalledOnly.of(pipeline, () -> pipeline.outdated() ? new Pass.Next.Idle() : rollCall.runOnce()),
                    new Pace(LOOKS, LOOKS_IN_TURN, Pace.NO_MATTER),
                    rollCallSignal));
            running.add(everySecond(
                    "collector",
                    new CollectingPass(
                            new LedgerCollector(source), COLLECT_EVERY, sequencing::caughtUp, System::nanoTime)));
        }
        running.add(Loop.start(
                "states",
                InstalledOnly.of(pipeline, this::writeStates),
                new Pace(STATES, STATES, Pace.NO_MATTER),
                new Signal()));
        running.add(
                everySecond("leases", new LeasePass(pipeline, config.poller().lease())));
        running.add(Loop.start(
                "status", InstalledOnly.of(pipeline, watch), new Pace(FIGURES, FIGURES, Pace.NO_MATTER), new Signal()));
        this.loops = List.copyOf(running);
        this.operations = new SyncOperations(this, source, pipeline, watch);
    }

    /** At the start, and whenever the source is there again. */
    private void connected(Connection session) throws SQLException {
        pipeline.claimant().live(session);
        process.register(session);
        outgoing.live(session);
        pipeline.history().connected();
        rollCall.call();
    }

    private Loop everySecond(String name, Pass pass) {
        return Loop.start(name, InstalledOnly.of(pipeline, pass), new Pace(IDLE, IDLE, Pace.NO_MATTER), new Signal());
    }

    /**
     * Starts with a configuration whose {@code install} was run.
     *
     * @throws ConfigException if the configuration does not fit the live source, or is not what is installed
     * @throws SyncException if the source cannot be reached
     */
    public static SyncRuntime start(SyncConfig config) {
        return start(config, SyncListener.NONE);
    }

    /** As {@link #start(SyncConfig)}, with somebody who is told what happens. */
    public static SyncRuntime start(SyncConfig config, SyncListener listener) {
        return start(config, listener, Drive.RUN);
    }

    /** What makes a runtime work. */
    public enum Drive {
        /** It works by itself until it is closed. */
        RUN,
        /** It does what it is asked for through {@link #operations()}, and nothing else: for a deployment driven by cron. */
        CRON
    }

    /**
     * As {@link #start(SyncConfig, SyncListener)}, and says what makes it work. Spans go to what {@code GlobalOpenTelemetry} has
     * by then, if anything, and if the API on the class path can tell.
     */
    public static SyncRuntime start(SyncConfig config, SyncListener listener, Drive drive) {
        return start(config, listener, drive, Tracing.registered());
    }

    /** As {@link #start(SyncConfig, SyncListener, Drive)}, with spans that go here; {@code OpenTelemetry.noop()}: nowhere. */
    public static SyncRuntime start(
            SyncConfig config, SyncListener listener, Drive drive, OpenTelemetry openTelemetry) {
        SourceDatabase source = new SourceDatabase(config.source(), SyncPipeline.connections(config));
        try {
            SyncPipeline pipeline = open(config, source, listener, Tracing.of(openTelemetry));
            int mappings = pipeline.plan().mappings().size();
            LOG.info("syncing {} of {}", mappings == 1 ? "1 mapping" : mappings + " mappings", config.source());
            SyncRuntime runtime = new SyncRuntime(source, pipeline, drive);
            try {
                StartWarnings.log(pipeline.plan(), source, LOG);
            } catch (RuntimeException e) {
                runtime.close();
                throw e;
            }
            return runtime;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Resolves a configuration, holds it against what is installed, and wires the stages. */
    public static SyncPipeline open(SyncConfig config, SourceDatabase source, SyncListener listener) {
        return open(config, source, listener, Tracing.global());
    }

    private static SyncPipeline open(SyncConfig config, SourceDatabase source, SyncListener listener, Tracing tracing) {
        // Outside of the pool, which would try again for as long as a caller may wait, and hide why it failed.
        try (Connection connection = SourceConnection.open(config)) {
            SyncPlan plan = MappingResolver.resolve(config, connection);
            InstalledLayout layout = InstalledLayout.require(connection, plan);
            List<String> webhooks = WebhookRegister.differences(connection, config);
            if (!webhooks.isEmpty()) {
                throw new NotInstalledException(webhooks);
            }
            return SyncPipeline.of(plan, source, layout, listener, tracing);
        } catch (SQLException e) {
            throw SourceFailure.of(config.source(), e);
        }
    }

    /** What keeps this runtime from its work, whatever the source is like; empty: nothing. */
    Optional<String> trouble() {
        return Stream.concat(loops.stream(), outgoing.loops())
                .map(Loop::trouble)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What a person who operates this source may look at and do. Safe for use by many threads. */
    public SyncOperations operations() {
        return operations;
    }

    /** The configuration it was started with. */
    public SyncConfig config() {
        return pipeline.plan().config();
    }

    /** Has the sequencer look at once. */
    void wakeSequencer() {
        sequencerSignal.ring();
    }

    /** One pass of the second stage, beside those of its loop. */
    Pass.Next sequenceOnce() throws Exception {
        return InstalledOnly.of(pipeline, sequencing).runOnce();
    }

    /** A runtime that works by itself goes on sequencing; another leaves that to whoever comes next. */
    void sequencedOnce() throws SQLException {
        if (!works) {
            sequencing.release();
        }
    }

    /** One pass of the third stage, beside those of its loop; says how many requests it took. */
    int pollOnce() throws SQLException {
        return poll() instanceof Pass.Next.Busy busy ? (int) busy.work() : 0;
    }

    /** The stages, for the status and for running one of them by hand. */
    public SyncPipeline pipeline() {
        return pipeline;
    }

    private Pass.Next writeStates() throws SQLException {
        pipeline.engine().writeStates();
        return new Pass.Next.Idle();
    }

    private Pass.Next poll() throws SQLException {
        Poller.Claimed claimed;
        synchronized (polling) {
            claimed = pipeline.poller().runOnce();
        }
        if (claimed.requests() == 0) {
            pipeline.followLayout(); // nothing is claimed while another is installed
            return new Pass.Next.Idle();
        }
        return new Pass.Next.Busy(claimed.requests(), claimed.more());
    }

    private void writeLastFigures() {
        try (Connection connection = source.bookkeeping()) {
            watch.write(connection);
        } catch (SQLException e) {
            LOG.debug("cannot add the latest figures to the statistics: {}", e.toString());
        }
    }

    /** Ends after the transactions in flight, within 10 seconds. */
    @Override
    public void close() {
        operations.close();
        pipeline.stop();
        loops.forEach(Loop::stop);
        outgoing.stop();
        doorbell.close();
        loops.forEach(Loop::close);
        outgoing.close();
        sequencing.end();
        writeLastFigures();
        pipeline.close();
        source.close();
        LOG.info("stopped");
    }
}
