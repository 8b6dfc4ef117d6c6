package dev.tideline.collector.store;

/** One received item: immutable, its telemetry kept as the protobuf bytes it came in, a few fields decoded for finding it. */
public sealed interface Stored permits StoredSpan, StoredLog, StoredMetric {

    /** Object headers, decoded fields and the queue's slot: what an item costs beside its bytes, measured and rounded up. */
    int OVERHEAD = 240;

    /** The resource and scope it was sent under. */
    Origin origin();

    /** Bytes of memory charged for it, without its origin's. */
    long weight();
}
