package dev.tideline.collector;

import dev.tideline.collector.store.Bounds;
import java.time.Duration;
import java.util.Objects;

/**
 * What bounds the collector's memory. With the defaults a JVM of 96 MB of heap is enough.
 *
 * @param spans what is kept of spans; default 50,000 and 24 MiB
 * @param logs what is kept of log records; default 20,000 and 8 MiB
 * @param metrics what is kept of metrics; default 20,000 and 8 MiB
 * @param bodyBytes largest request body, as sent and after decompression; default 20 MiB, as OTLP recommends
 * @param itemBytes largest single span, log record or metric, in bytes of protobuf; larger ones are rejected on their
 *     own; default 512 KiB, at least 1024, at most an eighth of the smallest store's bytes
 * @param inFlightBytes memory of all requests that are being read at once; default 24 MiB, at least 34 times
 *     {@code itemBytes}, since that is what decoding one item may take
 * @param waits most waits at one time; default 2,000, at least 1
 * @param longestWait longest wait; default 5 minutes
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

    /** The defaults. */
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

    /** The same with other bounds of what is kept. */
    public CollectorLimits keeping(Bounds newSpans, Bounds newLogs, Bounds newMetrics) {
        return new CollectorLimits(
                newSpans, newLogs, newMetrics, bodyBytes, itemBytes, inFlightBytes, waits, longestWait);
    }

    /** The same with other bounds of a request. */
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
