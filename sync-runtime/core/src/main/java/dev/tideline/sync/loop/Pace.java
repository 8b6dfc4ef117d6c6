package dev.tideline.sync.loop;

import java.time.Duration;

/**
 * How soon a loop runs again. A few changes are worth a pass each, for latency. Many are gathered for an interval, and
 * very many for {@value #STRETCH} intervals, since a pass costs the databases the same for any number of changes: at
 * 200 ms a busy application reaches 7,100 transactions a second, at 50 ms 6,300. When idle, the wait doubles up to a
 * limit, and a signal ends it. Used by one loop's thread.
 */
public final class Pace {

    /** Work per second from which on the interval is kept. */
    private static final double BUSY_PER_SECOND = 400;

    /** Work per second from which on the interval is stretched. */
    private static final double CROWDED_PER_SECOND = 2_000;

    private static final int STRETCH = 4;

    private static final Duration WATCHFUL = Duration.ofMillis(4);

    /** For a loop whose pace matters to nobody else. */
    public static final HeldBack NO_MATTER = heldBack -> {};

    /** Called when the loop starts to gather work for an interval, and when it stops. */
    @FunctionalInterface
    public interface HeldBack {
        void changed(boolean heldBack) throws Exception;
    }

    private final Duration interval;
    private final double busyPerSecond;
    private final Duration firstIdle;
    private final Duration idleLimit;
    private final HeldBack listener;
    private Boolean told;
    private double perSecond;
    private long lastWork;
    private int idlePasses;
    private boolean heldBack;

    /**
     * @param interval between passes under load; up to {@value #STRETCH} times as long under heavy load
     * @param idleLimit longest wait when there is nothing to do
     * @param listener called on the loop's thread
     */
    public Pace(Duration interval, Duration idleLimit, HeldBack listener) {
        this(interval, BUSY_PER_SECOND, interval.multipliedBy(2), idleLimit, listener);
    }

    private Pace(Duration interval, double busyPerSecond, Duration firstIdle, Duration idleLimit, HeldBack listener) {
        this.interval = interval;
        this.busyPerSecond = busyPerSecond;
        this.firstIdle = firstIdle;
        this.idleLimit = idleLimit;
        this.listener = listener;
    }

    /**
     * For work that nobody waits for: after each pass that found some, more is gathered for the interval, even if the
     * loop is rung.
     *
     * @param firstIdle wait after the first pass without work; a loop that is rung for nearly all of its work looks seldom
     */
    public static Pace gathering(Duration interval, Duration firstIdle, Duration idleLimit) {
        return new Pace(interval, 0, firstIdle, idleLimit, NO_MATTER);
    }

    /**
     * How long to wait. Times are of a monotonic clock, in nanoseconds. Zero after the listener was told that work is
     * no longer gathered, because changes before that did not ring.
     */
    Duration after(Pass.Next next, long started, long ended) throws Exception {
        Duration wait = waitAfter(next, started, ended);
        if (listener != NO_MATTER && (told == null || told != heldBack)) {
            listener.changed(heldBack);
            told = heldBack;
            return heldBack ? wait : Duration.ZERO;
        }
        return wait;
    }

    private Duration waitAfter(Pass.Next next, long started, long ended) {
        heldBack = false;
        if (next instanceof Pass.Next.Busy busy) {
            idlePasses = 0;
            double seconds = Math.max((started - lastWork) / 1e9, 0.001);
            // Averages over half a second, so that one burst does not slow down what follows it.
            double weight = Math.min(1, seconds / 0.5);
            perSecond = perSecond * (1 - weight) + busy.work() / seconds * weight;
            lastWork = started;
            heldBack = perSecond >= busyPerSecond;
            if (busy.more()) {
                return Duration.ZERO;
            }
            if (!heldBack) {
                return interval;
            }
            long gather = interval.toNanos() * (perSecond >= CROWDED_PER_SECOND ? STRETCH : 1);
            return Duration.ofNanos(Math.max(0, gather - (ended - started)));
        }
        idlePasses++;
        if (next instanceof Pass.Next.Watchful) {
            Duration wait = WATCHFUL.multipliedBy(1L << Math.min(idlePasses / 4, 8));
            return wait.compareTo(idleLimit) < 0 ? wait : idleLimit;
        }
        Duration wait = firstIdle.multipliedBy(1L << Math.min(idlePasses - 1, 19));
        return wait.compareTo(idleLimit) < 0 ? wait : idleLimit;
    }

    /** Whether the wait is for gathering work, so that signals do not cut it short. */
    boolean heldBack() {
        return heldBack;
    }
}
