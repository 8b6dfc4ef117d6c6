package dev.tideline.collector.query;

import dev.tideline.collector.store.Holdings;
import java.util.List;

/**
 * What a search found.
 *
 * @param items the items, oldest first
 * @param more whether there are further ones behind the last
 * @param holdings what the log held
 * @param <V> view of the items
 */
public record Found<V>(List<V> items, boolean more, Holdings holdings) {}
