package dev.tideline.collector.query;

import dev.tideline.collector.store.Holdings;
import java.util.List;

/**
 * The result of a search.
 *
 * @param items oldest first
 * @param more whether there are further ones behind the last
 * @param holdings what the log held
 */
public record Found<V>(List<V> items, boolean more, Holdings holdings) {}
