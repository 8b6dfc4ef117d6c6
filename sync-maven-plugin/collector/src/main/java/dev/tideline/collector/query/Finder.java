package dev.tideline.collector.query;

import dev.tideline.collector.store.Arrived;
import dev.tideline.collector.store.BoundedLog;
import dev.tideline.collector.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Searches one log. Thread-safe.
 *
 * @param view makes a view of an item
 */
public record Finder<E extends Stored, V extends View<E>>(BoundedLog<E> log, Function<Arrived<E>, V> view) {

    /** The first {@code limit} matching items, oldest first. */
    public Found<V> find(Query<V> query, int limit) {
        List<Arrived<E>> all = log.snapshot();
        List<V> found = new ArrayList<>();
        boolean more = false;
        for (Arrived<E> arrived : all) {
            V candidate = view.apply(arrived);
            if (query.matches(candidate)) {
                if (found.size() == limit) {
                    more = true;
                    break;
                }
                found.add(candidate);
            }
        }
        return new Found<>(found, more, log.holdings());
    }

    /** The last {@code limit} matching items, newest first. */
    public List<V> newest(Query<V> query, int limit) {
        List<Arrived<E>> all = log.snapshot();
        List<V> found = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && found.size() < limit; i--) {
            V candidate = view.apply(all.get(i));
            if (query.matches(candidate)) {
                found.add(candidate);
            }
        }
        return found;
    }

    /** The services that have items here, by name. */
    public List<String> services() {
        return log.snapshot().stream()
                .map(arrived -> arrived.item().origin().service())
                .distinct()
                .filter(service -> !service.isEmpty())
                .sorted()
                .toList();
    }
}
