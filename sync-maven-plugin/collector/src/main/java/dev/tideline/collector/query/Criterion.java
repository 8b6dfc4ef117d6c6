package dev.tideline.collector.query;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One condition of a query.
 *
 * @param parameter its name in the API
 * @param wanted the requested value, as given
 * @param holds whether an item meets it
 * @param found the item's value instead
 */
public record Criterion<V>(String parameter, String wanted, Predicate<V> holds, Function<V, String> found) {}
