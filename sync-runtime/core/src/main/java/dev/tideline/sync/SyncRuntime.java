package dev.tideline.sync;

import dev.tideline.sync.collect.LedgerCollector;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.SourceUnavailableException;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.dispatch.Poller;
import dev.tideline.sync.error.NotInstalledException;
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
 * Keeps the external databases of all tenants in sync until closed. Several runtimes may share a source: one of them
 * sequences, all of them apply, and the others take over if one dies. Safe for use by many threads.
 */
public final class SyncRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyncRuntime.class);

    /** The longest that an idle loop sleeps. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** How often the states of healthy targets are written. */
    private static final Duration STATES = Duration.ofMillis(250);

    /** How often this runtime's figures are written. */
    private static final Duration FIGURES = Duration.ofMillis(250);

    /** The time between two looks at tenants that are unlikely to have work. */
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
        pipeline.engine().setFuses(name -> watch.paused().contains(name));
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
            // Started first, because there may be a backlog. It looks again once the bell is heard.
            running.add(Loop.start(
                    "sequencer",
                    InstalledOnly.of(pipeline, sequencing, sequencing::release),
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

    /** Runs at the start, and whenever the source is back. */
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
     * Starts with an installed configuration.
     *
     * @throws SourceUnavailableException if the source cannot be reached
     * @throws ConfigException if the configuration does not fit the live source
     * @throws NotInstalledException if it differs from what is installed
     */
    public static SyncRuntime start(SyncConfig config) {
        return start(config, SyncListener.NONE);
    }

    /** As {@link #start(SyncConfig)}, with a listener. */
    public static SyncRuntime start(SyncConfig config, SyncListener listener) {
        return start(config, listener, Drive.RUN);
    }

    /** What triggers a runtime's work. */
    public enum Drive {
        /** Its own loops, until it is closed. */
        RUN,
        /** Calls of {@link #operations()} only, for deployments that are driven by cron. */
        CRON
    }

    /**
     * As {@link #start(SyncConfig, SyncListener)}, with a choice of what triggers its work. Spans go to {@code
     * GlobalOpenTelemetry}, if it was set by then and the API on the class path can tell.
     */
    public static SyncRuntime start(SyncConfig config, SyncListener listener, Drive drive) {
        return start(config, listener, drive, Tracing.registered());
    }

    /**
     * As {@link #start(SyncConfig, SyncListener, Drive)}, with the receiver of spans; {@code OpenTelemetry.noop()}
     * sends none.
     */
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

    /** Resolves a configuration, compares it with what is installed, and wires the stages. */
    public static SyncPipeline open(SyncConfig config, SourceDatabase source, SyncListener listener) {
        return open(config, source, listener, Tracing.global());
    }

    private static SyncPipeline open(SyncConfig config, SourceDatabase source, SyncListener listener, Tracing tracing) {
        // Outside the pool, which would retry for as long as its timeout, and hide the reason.
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

    /** Why this runtime cannot work, regardless of the source; empty if it can. */
    Optional<String> trouble() {
        return Stream.concat(loops.stream(), outgoing.loops())
                .map(Loop::trouble)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What an operator of this source can see and do. Safe for use by many threads. */
    public SyncOperations operations() {
        return operations;
    }

    /** The configuration it was started with. */
    public SyncConfig config() {
        return pipeline.plan().config();
    }

    /** Wakes the sequencer. */
    void wakeSequencer() {
        sequencerSignal.ring();
    }

    /** Runs one pass of the sequencer, beside its loop. */
    Pass.Next sequenceOnce() throws Exception {
        return InstalledOnly.of(pipeline, sequencing).runOnce();
    }

    /** A runtime with loops goes on sequencing; any other gives up the right to sequence. */
    void sequencedOnce() throws SQLException {
        if (!works) {
            sequencing.release();
        }
    }

    /** Runs one pass of the poller, beside its loop; returns how many requests it took. */
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
            pipeline.followLayout(); // nothing is claimed while another one is installed
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

    /** Stops within 10 seconds, after the transactions in flight. */
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
