package dev.tideline.sync.engine;

import dev.tideline.sync.dispatch.Claim;
import dev.tideline.sync.dispatch.ClaimsInFlight;
import dev.tideline.sync.dispatch.RequestHandler;
import dev.tideline.sync.dispatch.RequestStore;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import dev.tideline.sync.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out claimed requests: all of a tenant's external databases, on a bounded number of threads. A request is
 * finished once every one of them is caught up, and given back for a later try while one of them fails. Safe for use by
 * many threads.
 */
public final class SyncEngine implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    /** How long a target may take before nobody waits for it any more. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** Targets that may keep us waiting at a time before they let us in. */
    private static final int AT_THE_DOOR = 64;

    /** Requests that may wait for a free thread. */
    private static final int QUEUED_PER_WORKER = 64;

    /** How soon a request is tried again that failed at the source. */
    static final Duration SOURCE_RETRY = Duration.ofSeconds(1);

    private final TargetDirectory directory;
    private final TargetSync sync;
    private final RequestStore requests;
    private final SyncListener listener;
    private final TargetOutcomes outcomes;
    private final Runnable freed;
    private final int workers;
    private final TargetPool pool;
    private final Lanes lanes;
    private final Tracing tracing;
    private final RunningTargets running = new RunningTargets();
    private final ClaimsInFlight inFlight;
    private volatile boolean closing;
    private volatile Fuses fuses = Fuses.ON;

    /** Goes by these from now on; before, everything counts as on. */
    public void heed(Fuses heeded) {
        fuses = heeded;
    }

    /**
     * @param pool the targets' sessions
     * @param sync makes what brings a target up to date, given who is told of it
     * @param freed runs whenever a request is done: the poller may claim another one of its tenant
     */
    public SyncEngine(
            SourceDatabase source,
            TargetDirectory directory,
            TargetPool pool,
            Function<SyncListener, TargetSync> sync,
            SyncListener listener,
            RequestStore requests,
            int workers,
            Runnable freed,
            Tracing tracing) {
        this.directory = directory;
        this.requests = requests;
        this.listener = listener;
        this.outcomes = new TargetOutcomes(source);
        this.sync = sync.apply(new CopyRecorder(outcomes.states(), listener));
        this.freed = freed;
        this.inFlight = new ClaimsInFlight(requests, freed);
        this.tracing = tracing;
        this.workers = workers;
        this.pool = pool;
        this.lanes = new Lanes(workers, slowPlaces(workers), AT_THE_DOOR, PATIENCE);
    }

    /** How many targets may be at work or hang at a time, each with a session. */
    public static int places(int workers) {
        return workers + slowPlaces(workers) + AT_THE_DOOR;
    }

    /** How many targets may hang or take long at a time, beside the workers. */
    public static int slowPlaces(int workers) {
        return Math.max(8, workers);
    }

    /** How many more requests can be taken now. */
    @Override
    public int capacity() {
        return closing ? 0 : Math.max(0, workers * QUEUED_PER_WORKER - inFlight.size());
    }

    /** The ids of the requests that were taken and are not done. */
    @Override
    public Set<Long> inFlight() {
        return inFlight.ids();
    }

    /** Whether nothing is in flight. */
    @Override
    public boolean idle() {
        return inFlight.size() == 0 && lanes.idle();
    }

    /** Takes claims and returns at once. */
    @Override
    public void submit(List<Claim> claims) {
        inFlight.take(claims);
        try {
            Set<String> tenants = claims.stream().map(Claim::tenant).collect(Collectors.toSet());
            TargetDirectory.Listing listing = directory.listing(tenants);
            Map<String, List<ExternalDatabase>> targets =
                    listing.all().stream().collect(Collectors.groupingBy(ExternalDatabase::tenant));
            Set<String> without = tenants.stream()
                    .filter(tenant -> !targets.containsKey(tenant))
                    .filter(tenant -> !listing.unread().contains(tenant))
                    .collect(Collectors.toSet());
            tellOfStrangers(without);
            running.halt(tenants, listing);
            for (Claim claim : claims) {
                if (listing.unread().contains(claim.tenant())) {
                    done(claim, Optional.of(Duration.ofSeconds(1)), "the table of external databases cannot be read");
                    continue;
                }
                // A paused one is asked for again when it is resumed.
                new TenantRun(
                                this,
                                claim,
                                targets.getOrDefault(claim.tenant(), List.of()).stream()
                                        .filter(target -> !listing.paused().contains(target.label()))
                                        .toList())
                        .start();
            }
            if (listing.unread().isEmpty()) {
                outcomes.keepOnly(tenants, listing.all()); // not before the runs have begun: nobody waits for it
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "cannot read the list of external databases; {} requests are put back: {}",
                    claims.size(),
                    e.toString());
            claims.forEach(claim -> done(claim, Optional.of(Duration.ofSeconds(1)), e.toString()));
        }
    }

    /** A request that goes nowhere since its tenant does not exist is worth a line, and no more. */
    private void tellOfStrangers(Set<String> tenants) {
        if (tenants.isEmpty()) {
            return;
        }
        try {
            Set<String> existing = directory.existing(tenants);
            tenants.stream()
                    .filter(tenant -> !existing.contains(tenant))
                    .sorted()
                    .forEach(tenant -> LOG.info(
                            "there is no tenant {} in {}: its rows are not synced, and its request is dropped",
                            tenant,
                            directory.tenantsAreIn()));
        } catch (SQLException e) {
            LOG.debug("cannot tell whether these tenants exist: {}", e.toString());
        }
    }

    /** Writes down where targets stand that have moved since that was last done. */
    public void writeStates() throws SQLException {
        outcomes.states().writeDue(false);
    }

    /** Renews the leases of what is in flight. */
    @Override
    public void renewLeases(Duration lease) throws SQLException {
        inFlight.renewLeases(lease);
    }

    /**
     * Runs one target now, on this thread.
     *
     * @throws SQLException if the source fails
     */
    public TargetSync.Result runNow(ExternalDatabase target) throws SQLException {
        return runNow(target, () -> false);
    }

    /**
     * Runs one target now, on this thread.
     *
     * @param cancelled turns true when the run is to end
     * @throws SQLException if the source fails
     * @throws StoppedException if it was cancelled, or the runtime shuts down
     */
    public TargetSync.Result runNow(ExternalDatabase target, BooleanSupplier cancelled) throws SQLException {
        try {
            TargetSync.Result result = sync.run(
                    target,
                    mapping -> false,
                    () -> cancelled.getAsBoolean() || fuses.paused(target.label()),
                    () -> false);
            outcomes.ran(target, result, false);
            return result;
        } catch (SyncException e) {
            outcomes.failed(target, e, false);
            throw e;
        } catch (SourceTroubleException e) {
            throw e.failure();
        }
    }

    /**
     * Has mappings of a target copied once more, and compared, by its next run.
     *
     * @throws SyncException if the target cannot be worked with
     */
    public void copyAgain(ExternalDatabase target, List<String> mappings) {
        sync.copyAgain(target, mappings);
    }

    /** Runs one target, but for mappings that failed lately. @param givesWay turns true when it is to end after its next step */
    TargetSync.Result sync(ExternalDatabase target, BooleanSupplier givesWay) {
        return sync.run(
                target,
                mapping -> health().pause(target, mapping).isPresent(),
                () -> fuses.pollerPaused() || fuses.paused(target.label()) || running.halted(target),
                givesWay);
    }

    /** What must pass until a target is tried again; empty if it is caught up. */
    Optional<Duration> ran(ExternalDatabase target, TargetSync.Result result) throws SQLException {
        outcomes.ran(target, result, true);
        return directory.mappings().stream()
                .flatMap(mapping -> health().pause(target, mapping).stream())
                .min(Duration::compareTo);
    }

    /** Begins to work on a target, unless a run is at work on it already. */
    boolean begin(ExternalDatabase target) {
        return running.begin(target);
    }

    /** No run is at work on a target any more. */
    void ended(ExternalDatabase target, Lanes.Lane next) {
        health().next(target, next);
        running.ended(target);
    }

    /** Sees to it that a tenant is looked at after a while, at the latest. */
    void wake(String tenant, Duration after) {
        if (closing) {
            return; // its request waits, for whoever comes
        }
        try {
            requests.wake(tenant, after);
            freed.run();
        } catch (SQLException e) {
            LOG.warn("tenant {}: its request is put back for a moment: {}", tenant, e.toString());
        }
    }

    TargetHealth health() {
        return outcomes.health();
    }

    TargetOutcomes outcomes() {
        return outcomes;
    }

    Lanes lanes() {
        return lanes;
    }

    /**
     * Begins the span of a request: in the trace that its oldest change was written in, if that is known, else in a trace of its
     * own; linked with the pass that claimed it.
     */
    Span span(Claim claim) {
        return tracing.span("tideline.sync")
                .setParent(Tracing.writer(claim.traceparent()))
                .addLink(Span.current().getSpanContext())
                .setAttribute(Tracing.TENANT, claim.tenant())
                .setAttribute(Tracing.REQUEST, claim.requestId())
                .setAttribute(Tracing.ATTEMPT, claim.attempts())
                .startSpan();
    }

    TargetPool pool() {
        return pool;
    }

    void done(Claim claim, Optional<Duration> retry, String error) {
        inFlight.end(claim, () -> {
            if (retry.isEmpty()) {
                requests.finish(claim);
                listener.requestDone(claim.tenant());
            } else {
                requests.release(claim, retry.get(), error);
            }
        });
    }

    /** Lets what is in flight end after its transaction; waits up to 4 seconds, then cuts its connections. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!lanes.drain(Duration.ofSeconds(3))) {
                pool.endAll();
                lanes.drain(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lanes.close();
            outcomes.writeLast();
        }
    }
}
