package dev.tideline.collector.query;

import dev.tideline.collector.store.Holdings;
import java.time.Duration;
import java.util.List;

/** The result of a wait. */
public sealed interface WaitOutcome<V> {

    /** The matching items, in the order in which they were seen. */
    List<V> matched();

    /** How long it really took. */
    Duration waited();

    /** The requested number of items has arrived. */
    record Arrived<V>(List<V> matched, Duration waited) implements WaitOutcome<V> {}

    /**
     * The time ran out first.
     *
     * @param matched the matching items, fewer than requested
     * @param receivedBefore total number of items received when the wait began
     * @param nearMisses what came instead
     * @param holdings what the log holds now
     */
    record TimedOut<V>(
            List<V> matched, Duration waited, long receivedBefore, NearMisses<V> nearMisses, Holdings holdings)
            implements WaitOutcome<V> {}
}
