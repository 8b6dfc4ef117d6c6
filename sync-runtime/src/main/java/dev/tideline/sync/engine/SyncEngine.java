package dev.tideline.sync.engine;

import dev.tideline.sync.SyncException;
import dev.tideline.sync.dispatch.Claim;
import dev.tideline.sync.dispatch.RequestStore;
import dev.tideline.sync.loop.Backoff;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out claimed requests: all of a tenant's external databases, on a bounded number of threads. A request is
 * finished once every one of them is caught up, and given back for a later try while one of them fails. Safe for use by
 * many threads.
 */
public final class SyncEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    /** Requests that may wait for a free thread. */
    private static final int QUEUED_PER_WORKER = 64;

    /** How soon a request is tried again that failed at the source. */
    private static final Duration SOURCE_RETRY = Duration.ofSeconds(1);

    private final TargetDirectory directory;
    private final TargetSync sync;
    private final RequestStore requests;
    private final TargetStateStore states;
    private final Runnable freed;
    private final int workers;
    private final ExecutorService threads;
    private final TargetHealth health = new TargetHealth(
            new Backoff(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(60),
                    () -> ThreadLocalRandom.current().nextDouble()),
            System::nanoTime);
    private final Map<Long, Claim> inFlight = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /**
     * @param sync makes what brings a target up to date, given who is told of it
     * @param listener is told of everything that happens
     * @param freed runs whenever a request is done: the poller may claim another one of its tenant
     */
    public SyncEngine(
            SourceDatabase source,
            TargetDirectory directory,
            Function<SyncListener, TargetSync> sync,
            SyncListener listener,
            RequestStore requests,
            int workers,
            Runnable freed) {
        this.directory = directory;
        this.requests = requests;
        this.states = new TargetStateStore(source);
        this.sync = sync.apply(new CopyRecorder(states, listener));
        this.freed = freed;
        this.workers = workers;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "tideline-sync-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How many more requests can be taken now. */
    public int capacity() {
        return closing ? 0 : Math.max(0, workers * QUEUED_PER_WORKER - inFlight.size());
    }

    /** Whether nothing is in flight. */
    public boolean idle() {
        return inFlight.isEmpty();
    }

    /** Takes claims and returns at once. */
    public void submit(List<Claim> claims) {
        claims.forEach(claim -> inFlight.put(claim.requestId(), claim));
        try {
            Set<String> tenants = claims.stream().map(Claim::tenant).collect(Collectors.toSet());
            TargetDirectory.Listing listing = directory.listing(tenants);
            Map<String, List<ExternalDatabase>> targets =
                    listing.all().stream().collect(Collectors.groupingBy(ExternalDatabase::tenant));
            Set<String> without = tenants.stream()
                    .filter(tenant -> !targets.containsKey(tenant))
                    .collect(Collectors.toSet());
            if (!without.isEmpty()) {
                Set<String> existing = directory.existing(without);
                without.stream()
                        .filter(tenant -> !existing.contains(tenant))
                        .sorted()
                        .forEach(tenant -> LOG.info("tenant {} is gone; its request is dropped", tenant));
            }
            for (Claim claim : claims) {
                // A paused one is asked for again when it is resumed.
                new TenantRun(
                                claim,
                                targets.getOrDefault(claim.tenant(), List.of()).stream()
                                        .filter(target -> !listing.paused().contains(target.label()))
                                        .toList())
                        .start();
            }
            forgetOthers(tenants, listing.all());
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "cannot read which external databases there are; {} requests go back: {}",
                    claims.size(),
                    e.toString());
            claims.forEach(claim -> done(claim, Optional.of(Duration.ofSeconds(1)), e.toString()));
        }
    }

    /** Not before the runs have begun: nobody waits for it. */
    private void forgetOthers(Set<String> tenants, List<ExternalDatabase> listed) {
        try {
            states.keepOnly(tenants, listed);
        } catch (SQLException e) {
            LOG.warn("the states of external databases that are listed no more stay for now: {}", e.toString());
        }
    }

    /** Renews the leases of what is in flight. */
    public void renewLeases(Duration lease) throws SQLException {
        for (Claim claim : inFlight.values()) {
            requests.renew(claim, lease);
        }
    }

    /** Runs one target now, on this thread. */
    public TargetSync.Result runNow(ExternalDatabase target) throws SQLException {
        try {
            TargetSync.Result result = sync.run(target);
            ran(target, result);
            return result;
        } catch (SyncException e) {
            TargetHealth.Failure failure = health.failed(target);
            states.failed(target, e, failure.failures(), failure.retry());
            throw e;
        }
    }

    /** What must pass until a target is tried again; empty if it is caught up. */
    private Optional<Duration> ran(ExternalDatabase target, TargetSync.Result result) throws SQLException {
        if (result.failures().isEmpty()) {
            health.worked(target);
            states.ran(target, result, 0, null);
            return Optional.empty();
        }
        TargetHealth.Failure failure = health.failed(target);
        result.failures()
                .values()
                .forEach(e -> LOG.warn("{} (try {}, next in {})", e.getMessage(), failure.failures(), failure.retry()));
        states.ran(target, result, failure.failures(), failure.retry());
        return Optional.of(failure.retry());
    }

    private void done(Claim claim, Optional<Duration> retry, String error) {
        try {
            if (retry.isEmpty()) {
                requests.finish(claim);
            } else {
                requests.release(claim, retry.get(), error);
            }
        } catch (SQLException e) {
            LOG.warn(
                    "tenant {}: its request could not be ended and comes back when its lease does: {}",
                    claim.tenant(),
                    e.toString());
        } finally {
            inFlight.remove(claim.requestId());
            freed.run();
        }
    }

    /** Lets what is in flight end after its transaction; waits up to 4 seconds, then interrupts it. */
    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(4, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** One request: done when the last of its targets is. */
    private final class TenantRun {

        private final Claim claim;
        private final List<ExternalDatabase> targets;
        private final AtomicInteger left;
        private final List<Duration> retries = new ArrayList<>(); // guarded by this
        private String error = ""; // guarded by this

        TenantRun(Claim claim, List<ExternalDatabase> targets) {
            this.claim = claim;
            this.targets = targets;
            this.left = new AtomicInteger(targets.size());
        }

        void start() {
            if (targets.isEmpty()) {
                done(claim, Optional.empty(), "");
            }
            for (ExternalDatabase target : targets) {
                threads.execute(() -> run(target));
            }
        }

        private void run(ExternalDatabase target) {
            try {
                Optional<Duration> pause = health.pause(target);
                if (pause.isPresent()) {
                    retry(pause.get(), "waiting for the next try of " + target.label());
                } else {
                    ran(target, sync.run(target))
                            .ifPresent(wait -> retry(wait, "a mapping of " + target.label() + " failed"));
                }
            } catch (StoppedException e) {
                retry(Duration.ZERO, e.getMessage());
            } catch (SourceTroubleException e) {
                LOG.warn("{}: {}", target, e.getMessage());
                retry(SOURCE_RETRY, e.getMessage());
            } catch (SyncException e) {
                failed(target, e);
            } catch (SQLException | RuntimeException | Error e) {
                // An Error too, such as memory that ran out: a run that ended by it has not caught up, and a request
                // that counted as done would leave the tenant behind until its next change.
                LOG.warn("{}: {}", target, e.toString(), e);
                retry(Duration.ofSeconds(1), e.toString());
            } finally {
                if (left.decrementAndGet() == 0) {
                    end();
                }
            }
        }

        private void failed(ExternalDatabase target, SyncException e) {
            TargetHealth.Failure failure = health.failed(target);
            LOG.warn("{} (try {}, next in {})", e.getMessage(), failure.failures(), failure.retry());
            LOG.debug("{}: the failure", target, e);
            retry(failure.retry(), e.getMessage());
            try {
                states.failed(target, e, failure.failures(), failure.retry());
            } catch (SQLException alsoRecording) {
                LOG.warn("the state of {} could not be recorded: {}", target, alsoRecording.toString());
            }
        }

        private synchronized void retry(Duration after, String because) {
            retries.add(after);
            error = because;
        }

        private synchronized void end() {
            done(claim, retries.stream().min(Duration::compareTo), error);
        }
    }
}
