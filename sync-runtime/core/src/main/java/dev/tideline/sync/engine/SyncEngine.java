package dev.tideline.sync.engine;

import dev.tideline.sync.dispatch.Claim;
import dev.tideline.sync.dispatch.ClaimsInFlight;
import dev.tideline.sync.dispatch.RequestHandler;
import dev.tideline.sync.dispatch.RequestStore;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.event.SyncListener;
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
 * Carries out claimed requests: syncs all external databases of a tenant, on a bounded number of threads. A request is
 * finished once all of them are caught up, and given back for a later try while one of them fails. Safe for use by many
 * threads.
 */
public final class SyncEngine implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    /** How long a request waits for a target before it leaves the target behind. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** Targets that may delay the login at the same time. */
    private static final int AT_THE_DOOR = 64;

    /** Requests that may wait for a free thread, per worker. */
    private static final int QUEUED_PER_WORKER = 64;

    /** How soon a request is tried again after the source failed. */
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

    /** Sets what is paused. Until then, nothing is. */
    public void setFuses(Fuses fuses) {
        this.fuses = fuses;
    }

    /**
     * @param pool the targets' sessions
     * @param sync makes the sync of a target, given its listener
     * @param freed runs whenever a request is done: the poller may claim the tenant's next one
     */
    public SyncEngine(
            TargetStateStore states,
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
        this.outcomes = new TargetOutcomes(states);
        this.sync = sync.apply(new CopyRecorder(outcomes.states(), listener));
        this.freed = freed;
        this.inFlight = new ClaimsInFlight(requests, freed);
        this.tracing = tracing;
        this.workers = workers;
        this.pool = pool;
        this.lanes = new Lanes(workers, slowPlaces(workers), AT_THE_DOOR, PATIENCE);
    }

    /** How many targets may work or hang at a time, each with a session. */
    public static int places(int workers) {
        return workers + slowPlaces(workers) + AT_THE_DOOR;
    }

    /** How many targets may hang or take long at a time, besides the workers. */
    public static int slowPlaces(int workers) {
        return Math.max(8, workers);
    }

    @Override
    public int capacity() {
        return closing ? 0 : Math.max(0, workers * QUEUED_PER_WORKER - inFlight.size());
    }

    /** The ids of the requests that were submitted and are not done. */
    @Override
    public Set<Long> inFlight() {
        return inFlight.ids();
    }

    @Override
    public boolean idle() {
        return inFlight.size() == 0 && lanes.idle();
    }

    /** Queues claims and returns at once. */
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
            logUnknownTenants(without);
            running.halt(tenants, listing);
            for (Claim claim : claims) {
                if (listing.unread().contains(claim.tenant())) {
                    done(claim, Optional.of(Duration.ofSeconds(1)), "the table of external databases cannot be read");
                    continue;
                }
                // A paused target is requested again when it is resumed.
                new TenantRun(
                                this,
                                claim,
                                targets.getOrDefault(claim.tenant(), List.of()).stream()
                                        .filter(target -> !listing.paused().contains(target.label()))
                                        .toList())
                        .start();
            }
            if (listing.unread().isEmpty()) {
                outcomes.keepOnly(tenants, listing.all()); // after the runs have begun, so that nobody waits for it
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "cannot read the list of external databases; {} requests are put back: {}",
                    claims.size(),
                    e.toString());
            claims.forEach(claim -> done(claim, Optional.of(Duration.ofSeconds(1)), e.toString()));
        }
    }

    /** A request of an unknown tenant is logged and dropped. */
    private void logUnknownTenants(Set<String> tenants) {
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

    /** Records the positions of targets that have moved since the last call. */
    public void writeStates() throws SQLException {
        outcomes.states().writeDue(false);
    }

    /** Renews the leases of all requests in flight. */
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
     * @param cancelled turns true when the run has to end
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
     * Makes the next run of a target copy the mappings again and compare.
     *
     * @throws SyncException if the target is unusable
     */
    public void copyAgain(ExternalDatabase target, List<String> mappings) {
        sync.copyAgain(target, mappings);
    }

    /**
     * Runs one target, except for mappings that failed recently.
     *
     * @param givesWay turns true when the run has to end after its next step
     */
    TargetSync.Result sync(ExternalDatabase target, BooleanSupplier givesWay) {
        return sync.run(
                target,
                mapping -> health().pause(target, mapping).isPresent(),
                () -> fuses.pollerPaused() || fuses.paused(target.label()) || running.halted(target),
                givesWay);
    }

    /** How long until the target is tried again; empty if it is caught up. */
    Optional<Duration> ran(ExternalDatabase target, TargetSync.Result result) throws SQLException {
        outcomes.ran(target, result, true);
        return directory.mappings().stream()
                .flatMap(mapping -> health().pause(target, mapping).stream())
                .min(Duration::compareTo);
    }

    /** Begins a run of a target, unless another run works on it. */
    boolean begin(ExternalDatabase target) {
        return running.begin(target);
    }

    void ended(ExternalDatabase target, Lanes.Lane next) {
        health().next(target, next);
        running.ended(target);
    }

    /** Makes sure that a tenant is visited after this time at the latest. */
    void wake(String tenant, Duration after) {
        if (closing) {
            return; // its waiting request does the same
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
     * Starts the span of a request, linked with the pass that claimed it. It belongs to the trace of the request's
     * oldest change if that is known, else to a new trace.
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

    /** Lets runs in flight end after their transactions; cuts their connections after 4 seconds. */
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
