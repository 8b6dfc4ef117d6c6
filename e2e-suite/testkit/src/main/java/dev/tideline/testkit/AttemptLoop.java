package dev.tideline.testkit;

import dev.tideline.testkit.WaitSettings.FailFast;
import dev.tideline.testkit.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;

/**
 * One wait. Awaitility repeats and pauses; this class limits each attempt, keeps what was seen, and decides when the
 * wait is over. Awaitility's own limit is not used, since it forgets the last value once an attempt hangs.
 */
final class AttemptLoop<T> {

    /** When a wait has succeeded. */
    enum Goal {
        /** As soon as an attempt matches. */
        ONCE,
        /** When every attempt has matched up to the end of the window; an attempt that failed proves nothing. */
        THROUGHOUT,
        /** The same for something that stays once it has come: a later attempt makes up for one that failed. */
        STAYING_AWAY
    }

    /** The result of a wait. */
    enum End {
        DONE,
        TIMED_OUT,
        /** A fail-fast condition held. */
        FAILED_FAST,
        /** An attempt threw an exception that no further attempt can cure. */
        FATAL,
        INTERRUPTED,
        /** Something did not hold throughout the window. */
        BROKEN,
        /** It is unknown whether it held throughout, because a check failed. */
        UNKNOWN
    }

    private final WaitSettings settings;
    private final TimedSupplier<? extends T> supplier;
    private final Matcher<? super T> matcher;
    private final Goal goal;
    private final TimeSource time;
    private final AttemptThread thread;
    private final Observations<T> seen = new Observations<>();
    private final long start;
    private End end;
    private String failFastReason;

    AttemptLoop(WaitSettings settings, TimedSupplier<? extends T> supplier, Matcher<? super T> matcher, Goal goal) {
        this.settings = settings;
        this.supplier = supplier;
        this.matcher = matcher;
        this.goal = goal;
        this.time = settings.time();
        this.thread = new AttemptThread(time, settings.what());
        this.start = time.nanoTime();
    }

    /** Waits; returns the value that matched, or throws the failure. */
    T run() {
        try (thread) {
            Awaitility.await(settings.what())
                    .pollInSameThread()
                    .dontCatchUncaughtExceptions()
                    .forever()
                    .pollDelay(Duration.ZERO)
                    .pollInterval((count, previous) -> time.pause(nextPause(count)))
                    .until(this::attempt);
            if (end == End.DONE) {
                return seen.lastLook().value();
            }
            throw new FailureReport<>(settings, matcher, goal, end, failFastReason, seen, elapsed()).toError(thread);
        } finally {
            if (goal != Goal.ONCE) {
                AbsenceWindows.add(elapsed());
            }
            if (end == End.INTERRUPTED) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Duration lastPause = Duration.ZERO;

    private Duration nextPause(int count) {
        lastPause = settings.pollInterval().next(count, lastPause);
        return min(lastPause, left());
    }

    /** One attempt; true once the wait is over. */
    private boolean attempt() {
        if (Thread.interrupted()) {
            end = End.INTERRUPTED;
            return true;
        }
        boolean last = left().isZero();
        // Only the last look proves what holds throughout a window, so it is never cut short.
        Duration bound = last ? WaitSettings.LAST_CHECK : left();
        seen.begin();
        Duration began = elapsed();
        try {
            Look<T> look = thread.run(() -> look(last ? Duration.ZERO : bound), bound);
            seen.saw(elapsed(), look);
            end = judge(look, last);
        } catch (AttemptThread.CutOff cut) {
            if (bound.compareTo(settings.shortestHang()) >= 0) {
                // A look that had hardly begun when the time was over did not hang.
                seen.hung(began, cut);
            }
            end = last ? endOfUnfinished() : null;
        } catch (InterruptedException e) {
            end = End.INTERRUPTED;
        } catch (ExecutionException e) {
            throw new IllegalStateException("look() catches everything", e);
        }
        return end != null;
    }

    /** Runs in the attempt's thread. */
    private Look<T> look(Duration left) {
        Look<T> look;
        try {
            look = Look.at(supplier.get(left), matcher);
        } catch (Throwable e) {
            look = Look.failed(e);
        }
        if (look.matched()) {
            return look;
        }
        for (FailFast failFast : settings.failFast()) {
            try {
                if (Boolean.TRUE.equals(failFast.condition().call())) {
                    return look.because(failFast.reason());
                }
            } catch (Throwable e) {
                if (look.thrown() == null) {
                    look = new Look<>(look.value(), false, look.text(), look.mismatch(), e, null);
                }
            }
        }
        return look;
    }

    /** The result of the wait after this attempt, or null if it continues. */
    private End judge(Look<T> look, boolean last) {
        if (look.terminal() != null) {
            failFastReason = look.terminal();
            return End.FAILED_FAST;
        }
        if (look.thrown() != null && settings.isFatal(look.thrown())) {
            return End.FATAL;
        }
        if (goal == Goal.ONCE) {
            return look.matched() ? End.DONE : last ? End.TIMED_OUT : null;
        }
        if (look.thrown() != null) {
            return last || goal == Goal.THROUGHOUT ? End.UNKNOWN : null;
        }
        return !look.matched() ? End.BROKEN : last ? End.DONE : null;
    }

    private End endOfUnfinished() {
        return goal == Goal.ONCE ? End.TIMED_OUT : End.UNKNOWN;
    }

    private Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - start);
    }

    private Duration left() {
        Duration left = settings.limit().minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
