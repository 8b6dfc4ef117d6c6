package dev.tideline.collector.query;

import java.util.List;

/**
 * A search; all criteria must be met.
 *
 * @param criteria cheap ones first; none matches everything
 * @param after only items that arrived after this sequence number; 0 for all
 */
public record Query<V extends View<?>>(List<Criterion<V>> criteria, long after) {

    public Query {
        criteria = List.copyOf(criteria);
    }

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

    /** The criteria that an item fails. */
    public List<Criterion<V>> missed(V view) {
        return criteria.stream()
                .filter(criterion -> !criterion.holds().test(view))
                .toList();
    }
}
