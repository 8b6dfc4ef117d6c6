package dev.tideline.collector.query;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One thing a query wants of an item.
 *
 * @param parameter its name in the API
 * @param wanted what is wanted, as given
 * @param holds whether an item has it
 * @param found what an item has there instead
 * @param <V> the view of the item
 */
public record Criterion<V>(String parameter, String wanted, Predicate<V> holds, Function<V, String> found) {}
