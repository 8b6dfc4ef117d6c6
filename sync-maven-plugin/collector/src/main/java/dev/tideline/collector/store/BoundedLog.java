package dev.tideline.collector.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The newest items of one signal, in order of arrival. At a bound the oldest are dropped. Thread-safe; listeners are
 * called by the appending thread, outside the lock.
 *
 * <p>There is no index on purpose: a scan over 50,000 items takes a few milliseconds, while an index by trace id
 * doubled the memory of a span.
 */
public final class BoundedLog<E extends Stored> {

    private final Bounds bounds;
    private final List<Consumer<List<Arrived<E>>>> listeners = new CopyOnWriteArrayList<>();

    // All guarded by this.
    private final ArrayDeque<Arrived<E>> items = new ArrayDeque<>();
    private final Map<Origin, SharedOrigin> origins = new HashMap<>();
    private long bytes;
    private long received;
    private long dropped;

    public BoundedLog(Bounds bounds) {
        this.bounds = bounds;
    }

    /** The equal origin that items of this log already share, else {@code origin} itself. */
    public synchronized Origin shared(Origin origin) {
        SharedOrigin known = origins.get(origin);
        return known == null ? origin : known.origin;
    }

    /** Adds all, or those that still fit when the last one is added, and calls the listeners. */
    public void append(Collection<? extends E> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<Arrived<E>> arrived = new ArrayList<>(batch.size());
        synchronized (this) {
            for (E item : batch) {
                Arrived<E> next = new Arrived<>(++received, item);
                arrived.add(next);
                add(next);
            }
        }
        for (Consumer<List<Arrived<E>>> listener : listeners) {
            listener.accept(arrived);
        }
    }

    /**
     * Calls {@code listener} for every append that begins from now on, and returns what was there before: nothing is
     * missed between the two, though an item may be in both.
     */
    public List<Arrived<E>> follow(Consumer<List<Arrived<E>>> listener) {
        listeners.add(listener);
        return snapshot();
    }

    /** Ends what {@link #follow} began. */
    public void unfollow(Consumer<List<Arrived<E>>> listener) {
        listeners.remove(listener);
    }

    /** All items, oldest first. */
    public synchronized List<Arrived<E>> snapshot() {
        return new ArrayList<>(items);
    }

    public synchronized Holdings holdings() {
        return new Holdings(items.size(), bytes, received, dropped);
    }

    /** Deletes all items; the sequence continues, so that an earlier cursor stays valid. */
    public synchronized void clear() {
        items.clear();
        origins.clear();
        bytes = 0;
    }

    private void add(Arrived<E> next) {
        items.addLast(next);
        bytes += next.item().weight();
        SharedOrigin origin = origins.computeIfAbsent(next.item().origin(), SharedOrigin::new);
        if (origin.users++ == 0) {
            bytes += origin.origin.weight();
        }
        while (items.size() > bounds.items() || bytes > bounds.bytes()) {
            dropOldest();
        }
    }

    private void dropOldest() {
        E oldest = items.removeFirst().item();
        dropped++;
        bytes -= oldest.weight();
        SharedOrigin origin = origins.get(oldest.origin());
        if (--origin.users == 0) {
            bytes -= origin.origin.weight();
            origins.remove(oldest.origin());
        }
    }

    private static final class SharedOrigin {
        final Origin origin;
        int users;

        SharedOrigin(Origin origin) {
            this.origin = origin;
        }
    }
}
