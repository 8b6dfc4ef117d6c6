package dev.tideline.collector;

import dev.tideline.collector.store.Bounds;
import java.time.Duration;
import java.util.Objects;

/**
 * The limits of the collector's memory. With the defaults a heap of 96 MB is enough.
 *
 * @param spans default 50,000 and 24 MiB
 * @param logs default 20,000 and 8 MiB
 * @param metrics default 20,000 and 8 MiB
 * @param bodyBytes largest request body, as sent and after decompression; default 20 MiB, as OTLP recommends
 * @param itemBytes largest single span, log record or metric, and resource or scope, as protobuf; default 512 KiB
 * @param inFlightBytes all requests being read together; default 24 MiB
 */
public record CollectorLimits(
        Bounds spans,
        Bounds logs,
        Bounds metrics,
        long bodyBytes,
        int itemBytes,
        long inFlightBytes,
        int waits,
        Duration longestWait) {

    private static final long MIB = 1 << 20;
    private static final int DECODING = 34;
    private static final int SHARE = 8;

    public static final CollectorLimits DEFAULT = new CollectorLimits(
            new Bounds(50_000, 24 * MIB),
            new Bounds(20_000, 8 * MIB),
            new Bounds(20_000, 8 * MIB),
            20 * MIB,
            (int) MIB / 2,
            24 * MIB,
            2_000,
            Duration.ofMinutes(5));

    /**
     * Checks that the limits fit together.
     *
     * @throws IllegalArgumentException naming the limit that does not
     */
    public CollectorLimits {
        Objects.requireNonNull(longestWait, "longestWait");
        long smallest = Math.min(spans.bytes(), Math.min(logs.bytes(), metrics.bytes()));
        require(bodyBytes >= 1024, "bodyBytes must be at least 1024, not " + bodyBytes);
        require(itemBytes >= 1024, "itemBytes must be at least 1024, not " + itemBytes);
        require(
                itemBytes <= smallest / SHARE,
                "itemBytes must be at most an eighth of each store (" + smallest / SHARE + "), not " + itemBytes);
        require(
                inFlightBytes >= (long) DECODING * itemBytes,
                "inFlightBytes must be at least " + DECODING + " times itemBytes (" + (long) DECODING * itemBytes
                        + "), not " + inFlightBytes);
        require(waits >= 1, "waits must be at least 1, not " + waits);
        require(!longestWait.isNegative(), "longestWait must not be negative");
    }

    /** With other bounds of what is kept. */
    public CollectorLimits keeping(Bounds newSpans, Bounds newLogs, Bounds newMetrics) {
        return new CollectorLimits(
                newSpans, newLogs, newMetrics, bodyBytes, itemBytes, inFlightBytes, waits, longestWait);
    }

    /** With other bounds of a request. */
    public CollectorLimits requests(long newBodyBytes, int newItemBytes, long newInFlightBytes) {
        return new CollectorLimits(
                spans, logs, metrics, newBodyBytes, newItemBytes, newInFlightBytes, waits, longestWait);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
