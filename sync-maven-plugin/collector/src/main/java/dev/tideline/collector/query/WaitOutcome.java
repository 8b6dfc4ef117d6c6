package dev.tideline.collector.query;

import dev.tideline.collector.store.Holdings;
import java.time.Duration;
import java.util.List;

/**
 * How a wait ended.
 *
 * @param <V> view of the items waited for
 */
public sealed interface WaitOutcome<V> {

    /** The matching items, in the order in which they were seen. */
    List<V> matched();

    /** How long it really took. */
    Duration waited();

    /**
     * As many items as were wanted are here.
     *
     * @param matched those items
     * @param waited how long it took
     * @param <V> view of the items
     */
    record Arrived<V>(List<V> matched, Duration waited) implements WaitOutcome<V> {}

    /**
     * The time was up first.
     *
     * @param matched the items that did match, fewer than wanted
     * @param waited how long it took
     * @param receivedBefore how many items the collector had ever received when the wait began
     * @param nearMisses what came instead
     * @param holdings what the log holds now
     * @param <V> view of the items
     */
    record TimedOut<V>(
            List<V> matched, Duration waited, long receivedBefore, NearMisses<V> nearMisses, Holdings holdings)
            implements WaitOutcome<V> {}
}
