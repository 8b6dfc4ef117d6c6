package dev.tideline.sync.engine;

import dev.tideline.sync.thread.DaemonThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs on threads, in lanes with a bounded number of places. A job that takes longer than the patience leaves the
 * fast lane together with its thread, and the next job gets its place. So however many jobs hang, the others have the
 * fast lane to themselves. A job whose target has not completed the login holds nothing but its thread; it moves to the
 * door, which has many places. The slow lane is for jobs that work. Safe for use by many threads.
 */
final class Lanes implements AutoCloseable {

    enum Lane {
        FAST,
        SLOW,
        DOOR
    }

    /** How much other jobs need the place that a job occupies. */
    enum Pressure {
        NONE,
        /** Others wait for a place in its lane. */
        OTHERS_WAIT,
        /** It keeps others from being tried at all. */
        CROWDED
    }

    /** Work that may hang. */
    interface Job {
        /** Runs the job to its end, in whichever lane. */
        void run();

        /** Whether the job still waits for its target to complete the login. */
        boolean outside();

        /**
         * Called at most once, when the job starts outside the fast lane or leaves it: nobody should wait for it any
         * longer.
         */
        void leftBehind();

        /** Called repeatedly while the job runs longer than the patience. */
        void watch(Pressure pressure);
    }

    /** A job and its place. Guarded by the lanes. */
    private static final class Running {
        private final Job job;
        private Lane lane;
        private boolean done;

        Running(Job job, Lane lane) {
            this.job = job;
            this.lane = lane;
        }
    }

    private final Map<Lane, Integer> places;
    private final Duration patience;
    private final ExecutorService threads;
    private final ScheduledThreadPoolExecutor watch;
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private final Map<Lane, Deque<Job>> queues = new EnumMap<>(Lane.class); // guarded by this
    private final Map<Lane, Integer> running = new EnumMap<>(Lane.class); // guarded by this

    /** @param patience how long a job may keep a place in the fast lane */
    Lanes(int fastPlaces, int slowPlaces, int doorPlaces, Duration patience) {
        this.places = Map.of(Lane.FAST, fastPlaces, Lane.SLOW, slowPlaces, Lane.DOOR, doorPlaces);
        this.patience = patience;
        for (Lane lane : Lane.values()) {
            queues.put(lane, new ArrayDeque<>());
            running.put(lane, 0);
        }
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(
                task -> DaemonThreads.unstarted("tideline-sync-" + number.incrementAndGet(), task));
        this.watch = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("tideline-watch"));
        this.watch.setRemoveOnCancelPolicy(true);
        this.watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Queues a job and returns at once.
     *
     * @param lane where it starts
     * @param first whether it goes to the head of the queue
     */
    void submit(Job job, Lane lane, boolean first) {
        if (lane != Lane.FAST) {
            job.leftBehind();
        }
        synchronized (this) {
            if (first) {
                queues.get(lane).addFirst(job);
            } else {
                queues.get(lane).addLast(job);
            }
        }
        dispatch();
    }

    synchronized boolean idle() {
        return running.values().stream().allMatch(count -> count == 0)
                && queues.values().stream().allMatch(Deque::isEmpty);
    }

    private synchronized void dispatch() {
        if (threads.isShutdown()) {
            return; // what waits is left to the next start, or to another runtime
        }
        for (Lane lane : Lane.values()) {
            boolean started = true;
            while (started && mayStart(lane) && !queues.get(lane).isEmpty()) {
                started = start(new Running(queues.get(lane).poll(), lane));
            }
        }
    }

    /**
     * Targets that did not complete the login last time leave most of the door to targets that have not been tried yet.
     */
    private boolean mayStart(Lane lane) {
        boolean firstOnes = lane == Lane.DOOR && !queues.get(Lane.FAST).isEmpty();
        return running.get(lane) < places.get(lane) / (firstOnes ? 4 : 1);
    }

    private boolean free(Lane lane) {
        return running.get(lane) < places.get(lane);
    }

    private void count(Lane lane, int change) {
        running.merge(lane, change, Integer::sum);
    }

    /** Starts a job, or leaves it at the head of its queue. */
    private boolean start(Running job) {
        count(job.lane, 1);
        try {
            threads.execute(() -> {
                try {
                    work(job);
                } finally {
                    done(job);
                }
            });
            return true;
        } catch (OutOfMemoryError e) { // no thread available; the job is tried again later
            count(job.lane, -1);
            queues.get(job.lane).addFirst(job.job);
            watch.schedule(this::dispatch, patience.toNanos(), TimeUnit.NANOSECONDS);
            LOG.warn("no thread could be started for an external database; trying again: {}", e.toString());
            return false;
        }
    }

    private void work(Running job) {
        var watching = watch.scheduleWithFixedDelay(
                () -> watch(job), patience.toNanos(), patience.toNanos(), TimeUnit.NANOSECONDS);
        try {
            job.job.run();
        } finally {
            watching.cancel(false);
        }
    }

    private void watch(Running job) {
        boolean left = false;
        Pressure pressure;
        synchronized (this) {
            if (job.done) {
                return;
            }
            Lane wanted = job.job.outside() ? Lane.DOOR : Lane.SLOW;
            boolean letIn =
                    job.lane == Lane.DOOR && wanted == Lane.SLOW; // it continues whether or not there is a place
            if (letIn || job.lane == Lane.FAST && free(wanted)) {
                left = job.lane == Lane.FAST;
                count(job.lane, -1);
                count(wanted, 1);
                job.lane = wanted;
            }
            pressure = pressure(job.lane);
        }
        dispatch();
        if (left) {
            job.job.leftBehind();
        }
        job.job.watch(pressure);
    }

    private Pressure pressure(Lane lane) {
        boolean othersWait = !queues.get(lane).isEmpty();
        return switch (lane) {
            case FAST -> Pressure.CROWDED; // the lane that it needs is full
            case DOOR ->
                othersWait || !free(lane) && !queues.get(Lane.FAST).isEmpty() ? Pressure.CROWDED : Pressure.NONE;
            case SLOW -> othersWait ? Pressure.OTHERS_WAIT : Pressure.NONE;
        };
    }

    private void done(Running job) {
        synchronized (this) {
            job.done = true;
            count(job.lane, -1);
        }
        dispatch();
    }

    /**
     * Waits until nothing runs and nothing is queued.
     *
     * @return whether that happened within the limit
     */
    boolean drain(Duration limit) throws InterruptedException {
        threads.shutdown();
        return threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Interrupts the running jobs. */
    @Override
    public void close() {
        threads.shutdownNow();
        watch.shutdownNow();
    }
}
