package dev.tideline.sync.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for jobs, in two lanes of a bounded number of places each. A job that takes longer than the patience is moved
 * to the slow lane with its thread, and its place goes to the next one; so however many jobs hang, those that do not have
 * the fast lane to themselves. Safe for use by many threads.
 */
final class Lanes implements AutoCloseable {

    /** Something to do that may hang. */
    interface Job {
        /** Does it. Runs to its end, in whichever lane. */
        void run();

        /** It begins in the slow lane, or was moved there: nobody should wait for it. At most once. */
        void leftBehind();

        /**
         * Is called again and again while it runs longer than the patience.
         *
         * @param crowded whether it keeps a place of the fast lane only because the slow one is full
         */
        void watch(boolean crowded);
    }

    /** A job with its place. Guarded by the lanes. */
    private static final class Running {
        private final Job job;
        private boolean slow;
        private boolean done;

        Running(Job job, boolean slow) {
            this.job = job;
            this.slow = slow;
        }
    }

    private final int fastPlaces;
    private final int slowPlaces;
    private final Duration patience;
    private final ExecutorService threads;
    private final ScheduledThreadPoolExecutor watch;
    private final Deque<Job> fastQueue = new ArrayDeque<>(); // guarded by this
    private final Deque<Job> slowQueue = new ArrayDeque<>(); // guarded by this
    private int fastRunning; // guarded by this
    private int slowRunning; // guarded by this

    /** @param patience how long a job may keep a place in the fast lane */
    Lanes(int fastPlaces, int slowPlaces, Duration patience) {
        this.fastPlaces = fastPlaces;
        this.slowPlaces = slowPlaces;
        this.patience = patience;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> daemon(task, "tideline-sync-" + number.incrementAndGet()));
        this.watch = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "tideline-watch"));
        this.watch.setRemoveOnCancelPolicy(true);
        this.watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Takes a job and returns at once. @param slow whether it is known to be slow */
    void submit(Job job, boolean slow) {
        if (slow) {
            job.leftBehind();
        }
        synchronized (this) {
            (slow ? slowQueue : fastQueue).add(job);
        }
        dispatch();
    }

    /** Whether nothing runs and nothing waits. */
    synchronized boolean idle() {
        return fastRunning + slowRunning == 0 && fastQueue.isEmpty() && slowQueue.isEmpty();
    }

    private synchronized void dispatch() {
        if (threads.isShutdown()) {
            return; // what waits is for the next start, or for another runtime
        }
        while (fastRunning < fastPlaces && !fastQueue.isEmpty()) {
            fastRunning++;
            start(new Running(fastQueue.poll(), false));
        }
        while (slowRunning < slowPlaces && !slowQueue.isEmpty()) {
            slowRunning++;
            start(new Running(slowQueue.poll(), true));
        }
    }

    private void start(Running running) {
        threads.execute(() -> {
            var watching = watch.scheduleWithFixedDelay(
                    () -> watch(running), patience.toNanos(), patience.toNanos(), TimeUnit.NANOSECONDS);
            try {
                running.job.run();
            } finally {
                watching.cancel(false);
                done(running);
            }
        });
    }

    private void watch(Running running) {
        boolean moved = false;
        boolean crowded;
        synchronized (this) {
            if (running.done) {
                return;
            }
            if (!running.slow && slowRunning < slowPlaces) {
                running.slow = true;
                fastRunning--;
                slowRunning++;
                moved = true;
            }
            crowded = !running.slow;
        }
        if (moved) {
            dispatch();
            running.job.leftBehind();
        }
        running.job.watch(crowded);
    }

    private void done(Running running) {
        synchronized (this) {
            running.done = true;
            if (running.slow) {
                slowRunning--;
            } else {
                fastRunning--;
            }
        }
        dispatch();
    }

    /**
     * Waits until nothing runs and nothing waits.
     *
     * @return whether that came to be within the limit
     */
    boolean drain(Duration limit) throws InterruptedException {
        threads.shutdown();
        return threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Interrupts what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
        watch.shutdownNow();
    }
}
