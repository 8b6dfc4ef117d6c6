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
 * Calls whoever wants it a few times a second, one after the other on a thread of its own; while nobody does, it does
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

    /** How long it is between two calls. */
    public Duration interval() {
        return Duration.ofNanos(nanos);
    }

    /** From now on, until {@link #remove}. What is called must not block and must not throw. */
    public void add(Runnable wanting) {
        called.add(wanting);
        schedule();
    }

    /** A call that has begun may still run. */
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
