package dev.tideline.sync.source;

import dev.tideline.sync.thread.DaemonThreads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls its listeners a few times a second, one after another, on a thread of its own; without listeners it does
 * nothing. Safe for use by many threads.
 */
public final class Ticker implements AutoCloseable {

    private final long nanos;
    private final Set<Runnable> called = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor timer;

    Ticker(Duration interval, String thread) {
        this.nanos = interval.toNanos();
        this.timer =
                new ScheduledThreadPoolExecutor(1, DaemonThreads.named(thread), new ThreadPoolExecutor.DiscardPolicy());
    }

    /** The time between two calls. */
    public Duration interval() {
        return Duration.ofNanos(nanos);
    }

    /** Adds a listener until {@link #remove}. It must not block and must not throw. */
    public void add(Runnable wanting) {
        called.add(wanting);
        schedule();
    }

    /** Removes a listener. A call in progress continues. */
    public void remove(Runnable wanting) {
        called.remove(wanting);
    }

    private void schedule() {
        if (ticking.compareAndSet(false, true)) {
            timer.schedule(this::tick, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void tick() {
        try {
            called.forEach(Runnable::run);
        } finally {
            ticking.set(false);
            if (!called.isEmpty()) {
                schedule();
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
