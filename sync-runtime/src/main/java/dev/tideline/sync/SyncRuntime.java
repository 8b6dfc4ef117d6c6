package dev.tideline.sync;

import dev.tideline.sync.capture.InstalledLayout;
import dev.tideline.sync.collect.LedgerCollector;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.DispatchMode;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.dispatch.Poller;
import dev.tideline.sync.engine.SyncListener;
import dev.tideline.sync.loop.Doorbell;
import dev.tideline.sync.loop.Loop;
import dev.tideline.sync.loop.Pace;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.loop.Signal;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.SourceConnection;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.UnwatchedTables;
import dev.tideline.sync.sequence.PassResult;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
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

    /** How often claims of runtimes that died are looked for. */
    private static final Duration RECLAIM_EVERY = Duration.ofSeconds(1);

    /** How long between two rounds through the ledgers. */
    private static final Duration COLLECT_EVERY = Duration.ofMinutes(5);

    private final SourceDatabase source;
    private final SyncPipeline pipeline;
    private final Signal sequencerSignal = new Signal();
    private final Doorbell doorbell;
    private final Loop sequencing;
    private final Loop polling;
    private final Loop renewing;
    private final Loop collecting;
    private final LedgerCollector collector;
    private boolean leading; // of the sequencer's thread
    private boolean switchedOff; // of the sequencer's thread
    private long renewed = System.nanoTime(); // of the leases' thread
    private final long started = System.nanoTime();

    private SyncRuntime(SourceDatabase source, SyncPipeline pipeline) {
        SyncConfig config = pipeline.plan().config();
        this.source = source;
        this.pipeline = pipeline;
        this.doorbell = Doorbell.listen(
                source, sequencerSignal, session -> pipeline.claimant().live(session));
        pipeline.requestEverything();
        this.sequencing = Loop.start(
                "sequencer",
                whileInstalled(this::sequence),
                new Pace(config.sequencer().interval(), IDLE, this::ringing),
                sequencerSignal);
        this.polling = Loop.start(
                "poller",
                () -> unlessUninstalled(this::poll),
                new Pace(config.poller().interval(), IDLE, Pace.NO_MATTER),
                pipeline.pollerSignal());
        Duration lease = config.poller().lease();
        this.renewing = Loop.start(
                "leases",
                whileInstalled(() -> lookAfterLeases(lease)),
                new Pace(RECLAIM_EVERY, RECLAIM_EVERY, Pace.NO_MATTER),
                new Signal());
        this.collector = new LedgerCollector(source);
        this.collecting = Loop.start(
                "collector",
                whileInstalled(this::collect),
                new Pace(COLLECT_EVERY, COLLECT_EVERY, Pace.NO_MATTER),
                new Signal());
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
        SourceDatabase source = new SourceDatabase(config.source(), SyncPipeline.connections(config));
        try {
            SyncPipeline pipeline = open(config, source, listener);
            int mappings = pipeline.plan().mappings().size();
            LOG.info("syncing {} of {}", mappings == 1 ? "1 mapping" : mappings + " mappings", config.source());
            warnOfWhatIsNotCarriedOut(config);
            warnOfWhatNobodyWatches(pipeline.plan(), source);
            return new SyncRuntime(source, pipeline);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static void warnOfWhatIsNotCarriedOut(SyncConfig config) {
        if (config.dispatch() == DispatchMode.HTTP) {
            LOG.warn(
                    "dispatch: http is accepted and not carried out in this version; requests are dispatched directly");
        }
        if (!config.webhooks().isEmpty()) {
            LOG.warn("webhooks are accepted and not delivered in this version");
        }
    }

    private static void warnOfWhatNobodyWatches(SyncPlan plan, SourceDatabase source) {
        try (Connection connection = source.connection()) {
            UnwatchedTables.of(plan, connection).forEach(warning -> LOG.warn("{}", warning.message()));
        } catch (SQLException e) {
            LOG.debug("whether the mappings read tables that nobody watches is not known: {}", e.toString());
        }
    }

    /** Resolves a configuration, holds it against what is installed, and wires the stages. */
    static SyncPipeline open(SyncConfig config, SourceDatabase source, SyncListener listener) {
        // Outside of the pool, which would try again for as long as a caller may wait, and hide why it failed.
        try (Connection connection = SourceConnection.open(config)) {
            SyncPlan plan = MappingResolver.resolve(config, connection);
            Optional<InstalledLayout> layout = InstalledLayout.read(connection);
            NotInstalledException.unlessInstalled(plan, layout);
            return SyncPipeline.of(plan, source, layout.orElseThrow(), listener);
        } catch (SQLException e) {
            throw SourceFailure.of(config.source(), e);
        }
    }

    /** The stages, for the status and for running one of them by hand. */
    public SyncPipeline pipeline() {
        return pipeline;
    }

    /** Does nothing while schema {@code tideline} is not there. The poller's thread looks for it all the time. */
    private Pass whileInstalled(Pass pass) {
        return () -> pipeline.uninstalled() ? new Pass.Next.Idle() : unlessUninstalled(pass);
    }

    private Pass.Next unlessUninstalled(Pass pass) throws Exception {
        try {
            return pass.runOnce();
        } catch (SQLException e) {
            pipeline.followLayout();
            if (!pipeline.uninstalled()) {
                throw e;
            }
            return new Pass.Next.Idle();
        }
    }

    private Pass.Next sequence() throws SQLException {
        PassResult result = pipeline.sequence();
        if (pipeline.sequencer().leading() != leading) {
            leading = !leading;
            LOG.info(leading ? "this runtime sequences" : "another runtime sequences");
            if (leading) {
                // Whatever the former one left, ask to be rung, and look once more.
                ringing(false);
                return new Pass.Next.Busy(0, true);
            }
        }
        if (result instanceof PassResult.SwitchedOff != switchedOff) {
            switchedOff = !switchedOff;
            ringing(switchedOff);
            return new Pass.Next.Busy(0, !switchedOff);
        }
        if (result instanceof PassResult.Sequenced sequenced) {
            return new Pass.Next.Busy(sequenced.changes() + sequenced.rows(), sequenced.more());
        }
        return result instanceof PassResult.Nothing nothing && nothing.writersOpen()
                ? new Pass.Next.Watchful()
                : new Pass.Next.Idle();
    }

    private Pass.Next collect() throws SQLException {
        if (System.nanoTime() - started < COLLECT_EVERY.toNanos()) {
            // Whoever starts has a backlog to see to; reading a whole ledger would take a core from that.
            return new Pass.Next.Idle();
        }
        // A step at a time and each right after the other, until the round is done.
        return collector.runOnce() == LedgerCollector.Step.MORE ? new Pass.Next.Busy(0, true) : new Pass.Next.Idle();
    }

    private Pass.Next lookAfterLeases(Duration lease) throws SQLException {
        long now = System.nanoTime();
        if (now - renewed > lease.dividedBy(3).toNanos()) {
            renewed = now;
            pipeline.engine().renewLeases(lease);
        }
        if (pipeline.requests().reclaimDead() > 0) {
            pipeline.pollerSignal().ring();
        }
        return new Pass.Next.Idle();
    }

    private Pass.Next poll() throws SQLException {
        Poller.Claimed claimed = pipeline.poller().runOnce();
        if (claimed.requests() == 0) {
            pipeline.followLayout(); // nothing is claimed while another is installed
            return new Pass.Next.Idle();
        }
        return new Pass.Next.Busy(claimed.requests(), claimed.more());
    }

    /** Under load the loop has its pace and nobody need ring; otherwise everybody should. */
    private void ringing(boolean heldBack) throws SQLException {
        if (!pipeline.sequencer().leading()) {
            return;
        }
        try (Connection connection = source.connection()) {
            if (heldBack) {
                Doorbell.wake(connection);
                pipeline.sequencer().rungFrom(Long.MAX_VALUE);
            } else {
                pipeline.sequencer().rungFrom(Doorbell.sleep(connection));
            }
        }
    }

    /** Nobody listens from here on, and a NOTIFY on every commit costs the application half of its speed. */
    private void ringNoMore() {
        try {
            ringing(true);
        } catch (SQLException e) {
            LOG.debug("the bell stays on until the next runtime starts: {}", e.toString());
        }
    }

    /** Ends after the transactions in flight, within 10 seconds. */
    @Override
    public void close() {
        pipeline.stop();
        sequencing.stop();
        polling.stop();
        renewing.stop();
        collecting.stop();
        doorbell.close();
        sequencing.close();
        polling.close();
        renewing.close();
        collecting.close();
        ringNoMore();
        pipeline.close();
        source.close();
        LOG.info("stopped");
    }
}
