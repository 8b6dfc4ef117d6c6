package dev.tideline.collector.query;

import dev.tideline.collector.store.Arrived;
import dev.tideline.collector.store.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What came instead of the expected items.
 *
 * @param closest the items that fail the fewest criteria, the most similar first; an old one, at or before the query's
 *     cursor, is no miss
 * @param names what arrived, by service and name, the most recent first
 */
public record NearMisses<V>(List<Miss<V>> closest, List<Seen> names) {

    private static final int CLOSEST = 5;
    private static final int NAMES = 20;
    private static final int MOST_LOOKED_AT = 2_000;

    /** An item that fails some criteria. */
    public record Miss<V>(V view, List<Missed> missed) {}

    /**
     * A failed criterion.
     *
     * @param parameter its name in the API
     */
    public record Missed(String parameter, String wanted, String found) {}

    /**
     * Items of one service and name.
     *
     * @param count how many are held
     * @param lastSequence the newest one's place in the order of arrival
     */
    public record Seen(String service, String name, long count, long lastSequence) {}

    /** Considers the newest 2,000 items that arrived after the query's cursor. */
    static <E extends Stored, V extends View<E>> NearMisses<V> of(Finder<E, V> finder, Query<V> query) {
        List<Arrived<E>> all = finder.log().snapshot();
        PriorityQueue<Scored<V>> best = new PriorityQueue<>(
                Comparator.comparingDouble(Scored<V>::score).thenComparing(scored -> scored.view.sequence()));
        Map<List<String>, Seen> seen = new LinkedHashMap<>();
        int last = Math.max(0, all.size() - MOST_LOOKED_AT);
        for (int i = all.size() - 1; i >= last && all.get(i).sequence() > query.after(); i--) {
            V view = finder.view().apply(all.get(i));
            count(view, seen);
            List<Criterion<V>> missed = query.missed(view);
            if (!missed.isEmpty()) {
                best.add(new Scored<>(view, score(view, missed, query)));
                if (best.size() > CLOSEST) {
                    best.remove();
                }
            }
        }
        List<Miss<V>> closest = best.stream()
                .sorted(best.comparator().reversed())
                .map(scored -> new Miss<>(scored.view, describe(scored.view, query)))
                .toList();
        return new NearMisses<>(closest, seen.values().stream().limit(NAMES).toList());
    }

    private static <V extends View<?>> void count(V view, Map<List<String>, Seen> seen) {
        List<String> key = List.of(view.service(), view.name());
        Seen before = seen.get(key);
        if (before != null) {
            seen.put(key, new Seen(before.service, before.name, before.count + 1, before.lastSequence));
        } else if (seen.size() < MOST_LOOKED_AT) {
            seen.put(key, new Seen(view.service(), view.name(), 1, view.sequence()));
        }
    }

    /** Each criterion met counts one, each other by the similarity of the text. */
    private static <V extends View<?>> double score(V view, List<Criterion<V>> missed, Query<V> query) {
        double score = query.criteria().size() - missed.size();
        for (Criterion<V> criterion : missed) {
            score += Likeness.of(criterion.wanted(), criterion.found().apply(view));
        }
        return score;
    }

    private static <V extends View<?>> List<Missed> describe(V view, Query<V> query) {
        List<Missed> described = new ArrayList<>();
        for (Criterion<V> criterion : query.missed(view)) {
            described.add(new Missed(
                    criterion.parameter(), criterion.wanted(), criterion.found().apply(view)));
        }
        return described;
    }

    private record Scored<V>(V view, double score) {}
}
