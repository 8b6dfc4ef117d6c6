package dev.tideline.collector.query;

import java.util.List;

/**
 * What is looked for: all criteria must hold.
 *
 * @param criteria the criteria, cheap ones first; none matches everything
 * @param after only items that arrived after this sequence number; 0 for all
 * @param <V> the view of the items
 */
public record Query<V extends View<?>>(List<Criterion<V>> criteria, long after) {

    /** Copies the list. */
    public Query {
        criteria = List.copyOf(criteria);
    }

    /** Whether an item is one of those looked for. */
    public boolean matches(V view) {
        if (view.sequence() <= after) {
            return false;
        }
        for (Criterion<V> criterion : criteria) {
            if (!criterion.holds().test(view)) {
                return false;
            }
        }
        return true;
    }

    /** The criteria an item fails. */
    public List<Criterion<V>> missed(V view) {
        return criteria.stream()
                .filter(criterion -> !criterion.holds().test(view))
                .toList();
    }
}
