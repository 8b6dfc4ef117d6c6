package dev.tideline.sync.engine;

import dev.tideline.sync.dispatch.Claim;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request. It is done when the last of its targets that keep up is done. A slow target is left behind: it continues
 * in the slow lane, the request is given back, and the tenant's other targets no longer wait for it.
 */
final class TenantRun {

    private static final Logger LOG = LoggerFactory.getLogger(TenantRun.class);

    /** When a request that was given back for a slow target is tried again; usually the target's run ends earlier. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** How long a target may not answer while it keeps others from being tried. */
    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    /** How long a target may not answer while others wait for a place in its lane. */
    private static final Duration BESIDE_OTHERS = Duration.ofMinutes(1);

    /** How long a target may not answer while nobody waits. */
    private static final Duration ALONE = Duration.ofMinutes(10);

    /** After this many watches, half a second each, a run gives way to others that wait. */
    private static final int TURN = 20;

    /** The same while others cannot be tried because of it. */
    private static final int SHORT_TURN = 2;

    private final SyncEngine engine;
    private final Claim claim;
    private final List<ExternalDatabase> targets;
    private final AtomicInteger left;
    private final Span span;
    private final List<Duration> retries = new ArrayList<>(); // guarded by this
    private String error = ""; // guarded by this

    TenantRun(SyncEngine engine, Claim claim, List<ExternalDatabase> targets) {
        this.engine = engine;
        this.claim = claim;
        this.targets = targets;
        this.left = new AtomicInteger(targets.size());
        this.span = engine.span(claim);
    }

    void start() {
        if (targets.isEmpty()) {
            engine.done(claim, Optional.empty(), "");
            span.end();
        }
        for (ExternalDatabase target : targets) {
            Optional<Duration> pause = engine.health().pause(target);
            if (pause.isPresent()) {
                retry(pause.get(), "waiting for the next try of " + target.label());
                ended();
            } else if (!engine.begin(target)) {
                lookAgain(target);
                ended();
            } else {
                engine.lanes()
                        .submit(
                                new TargetJob(target),
                                engine.health().lane(target),
                                engine.pool().hasIdle(target));
            }
        }
    }

    private void ended() {
        if (left.decrementAndGet() == 0) {
            synchronized (this) {
                engine.done(claim, retries.stream().min(Duration::compareTo), error);
            }
            span.end();
        }
    }

    private void retry(Duration after, String because) {
        Tracing.failed(span, "retried");
        giveBack(after, because);
    }

    /** A slow target is no failure: its own spans say how it ends. */
    private void lookAgain(ExternalDatabase target) {
        giveBack(LOOK_AGAIN, target.label() + " is still at work");
    }

    private synchronized void giveBack(Duration after, String because) {
        retries.add(after);
        error = because;
    }

    private final class TargetJob implements Lanes.Job {

        private final ExternalDatabase target;
        private final AtomicBoolean awaited = new AtomicBoolean(true);
        private volatile boolean letIn;
        private volatile boolean givesWay;
        private int looksWhileOthersWait; // used by the watch only
        private Thread thread; // guarded by this
        private int crowdedLooks; // guarded by this
        private boolean crowdedOut; // guarded by this

        TargetJob(ExternalDatabase target) {
            this.target = target;
        }

        @Override
        public void run() {
            Outcome outcome = new Outcome(Optional.of(Duration.ofSeconds(1)), "");
            at(Thread.currentThread());
            try (Scope ours = span.makeCurrent()) {
                outcome = attempt();
            } finally {
                at(null);
                Thread.interrupted(); // the thread goes on to other jobs
                engine.ended(target, lane(outcome));
                if (awaited.compareAndSet(true, false)) {
                    String because = outcome.because;
                    outcome.retry.ifPresent(after -> retry(after, because));
                    ended();
                } else {
                    // The request was given back. Caught up or not, somebody should look: changes may have come
                    // meanwhile.
                    engine.wake(target.tenant(), outcome.retry.orElse(Duration.ZERO));
                }
            }
        }

        @Override
        public void leftBehind() {
            if (awaited.compareAndSet(true, false)) {
                lookAgain(target);
                ended();
            }
        }

        /** The lane of the next run: a target that failed or succeeded quickly may be tried in the fast lane. */
        private Lanes.Lane lane(Outcome outcome) {
            boolean reachedTheEnd = outcome.retry.isEmpty();
            boolean fast = reachedTheEnd || awaited.get() && !givesWay;
            return fast ? Lanes.Lane.FAST : letIn ? Lanes.Lane.SLOW : Lanes.Lane.DOOR;
        }

        @Override
        public boolean outside() {
            letIn |= engine.pool().isInside(target);
            return !letIn;
        }

        @Override
        public void watch(Lanes.Pressure pressure) {
            boolean crowded = pressure == Lanes.Pressure.CROWDED;
            if (pressure != Lanes.Pressure.NONE && ++looksWhileOthersWait >= (crowded ? SHORT_TURN : TURN)) {
                givesWay = true;
            }
            boolean connected = engine.pool()
                    .endHanging(
                            target,
                            crowded ? IMPATIENT : pressure == Lanes.Pressure.NONE ? ALONE : BESIDE_OTHERS,
                            crowded ? "the limit of hanging databases is reached" : "others wait for its place");
            synchronized (this) {
                if (crowded && !connected && thread != null && ++crowdedLooks > 1) {
                    crowdedOut = true;
                    thread.interrupt(); // it waits for the login
                }
            }
        }

        private synchronized void at(Thread now) {
            thread = now;
        }

        private synchronized boolean crowdedOut() {
            thread = null;
            Thread.interrupted(); // only recording the outcome is left to do
            return crowdedOut;
        }

        /**
         * @param retry empty if the target is caught up
         */
        private record Outcome(Optional<Duration> retry, String because) {}

        private Outcome attempt() {
            try {
                return new Outcome(
                        engine.ran(target, engine.sync(target, () -> givesWay)),
                        "a mapping of " + target.label() + " failed");
            } catch (StoppedException e) {
                if (crowdedOut()) {
                    SyncException failure = new SyncException(
                            new SyncException.Subject(target.tenant(), target.name(), ""),
                            "the database has not completed the login, and the limit of hanging databases is reached;"
                                    + " given up for now",
                            e);
                    return new Outcome(Optional.of(failed(failure)), failure.getMessage());
                }
                return new Outcome(Optional.of(Duration.ZERO), e.getMessage());
            } catch (SourceTroubleException e) {
                engine.outcomes().failedAtSource(target, e);
                return new Outcome(Optional.of(SyncEngine.SOURCE_RETRY), e.getMessage());
            } catch (SyncException e) {
                crowdedOut();
                return new Outcome(Optional.of(failed(e)), e.getMessage());
            } catch (SQLException | RuntimeException | Error e) {
                // Catches Errors too, such as exhausted memory. A run that ended with one has not caught up, and a
                // request that counted as done would leave the tenant behind until its next change.
                LOG.debug("{}: the failure", target, e);
                SyncException failure = new SyncException(
                        new SyncException.Subject(target.tenant(), target.name(), ""), e.toString(), e);
                return new Outcome(Optional.of(failed(failure)), failure.getMessage());
            }
        }

        private Duration failed(SyncException e) {
            return engine.outcomes().failed(target, e, true).retry();
        }
    }
}
