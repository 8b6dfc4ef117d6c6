package dev.tideline.collector.query;

import dev.tideline.collector.store.Arrived;
import dev.tideline.collector.store.BoundedLog;
import dev.tideline.collector.store.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Waits for items to arrive. A wait takes an entry in a set and no thread; each arriving item is decoded at most once
 * for all of them. Thread-safe.
 */
public final class Waits<E extends Stored, V extends View<E>> implements AutoCloseable {

    private final Finder<E, V> finder;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final int most;
    private final Set<Wait> open = ConcurrentHashMap.newKeySet();
    private final Consumer<List<Arrived<E>>> listener = this::arrived;
    private volatile boolean closed;

    /**
     * Follows the finder's log from now on.
     *
     * @param timer ends waits at their timeout, and finds near misses then
     * @param nanoTime a monotonic clock
     * @param most maximum number of waits
     */
    public Waits(Finder<E, V> finder, ScheduledExecutorService timer, LongSupplier nanoTime, int most) {
        this.finder = finder;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.most = most;
        finder.log().follow(listener);
    }

    /**
     * Waits until {@code count} items match, including existing ones.
     *
     * @throws TooManyWaitsException if the maximum of waits is open
     */
    public CompletableFuture<WaitOutcome<V>> await(Query<V> query, int count, Duration timeout) {
        if (closed || open.size() >= most) {
            throw new TooManyWaitsException(most);
        }
        Wait wait = new Wait(query, count);
        open.add(wait);
        // Registered before the search, so that one of the two sees what arrives in between; duplicates are removed.
        BoundedLog<E> log = finder.log();
        for (Arrived<E> arrived : log.snapshot()) {
            if (wait.offer(finder.view().apply(arrived))) {
                break;
            }
        }
        if (!wait.future.isDone()) {
            ScheduledFuture<?> alarm = timer.schedule(wait::timeUp, timeout.toNanos(), TimeUnit.NANOSECONDS);
            wait.future.whenComplete((outcome, failure) -> alarm.cancel(false));
        }
        if (closed) {
            wait.cancel();
        }
        return wait.future;
    }

    /** The number of open waits. */
    public int open() {
        return open.size();
    }

    /** Ends all waits as cancelled. */
    @Override
    public void close() {
        closed = true;
        finder.log().unfollow(listener);
        open.forEach(Wait::cancel);
    }

    private void arrived(List<Arrived<E>> batch) {
        if (open.isEmpty()) {
            return;
        }
        for (Arrived<E> arrived : batch) {
            V view = finder.view().apply(arrived);
            for (Wait wait : open) {
                wait.offer(view);
            }
        }
    }

    private final class Wait {
        final CompletableFuture<WaitOutcome<V>> future = new CompletableFuture<>();
        private final Query<V> query;
        private final int count;
        private final long began = nanoTime.getAsLong();
        private final long receivedBefore = finder.log().holdings().received();
        private final List<V> matched = new ArrayList<>(); // guarded by this

        Wait(Query<V> query, int count) {
            this.query = query;
            this.count = count;
        }

        /** Returns whether the wait is over. */
        boolean offer(V view) {
            if (!query.matches(view)) {
                return future.isDone();
            }
            List<V> complete;
            synchronized (this) {
                boolean known = matched.stream().anyMatch(m -> m.sequence() == view.sequence());
                if (known || matched.size() == count) {
                    return matched.size() == count;
                }
                matched.add(view);
                if (matched.size() < count) {
                    return false;
                }
                complete = List.copyOf(matched);
            }
            open.remove(this);
            future.complete(new WaitOutcome.Arrived<>(complete, waited()));
            return true;
        }

        void timeUp() {
            open.remove(this);
            if (future.isDone()) {
                return;
            }
            List<V> sofar;
            synchronized (this) {
                sofar = List.copyOf(matched);
            }
            future.complete(new WaitOutcome.TimedOut<>(
                    sofar,
                    waited(),
                    receivedBefore,
                    NearMisses.of(finder, query),
                    finder.log().holdings()));
        }

        void cancel() {
            open.remove(this);
            future.cancel(false);
        }

        private Duration waited() {
            return Duration.ofNanos(nanoTime.getAsLong() - began);
        }
    }
}
