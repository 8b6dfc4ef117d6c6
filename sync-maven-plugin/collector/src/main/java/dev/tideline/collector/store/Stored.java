package dev.tideline.collector.store;

/** One received item: immutable, kept as the received protobuf bytes, with a few decoded fields for searching. */
public sealed interface Stored permits StoredSpan, StoredLog, StoredMetric {

    /**
     * Object headers, decoded fields and the queue's slot: the measured memory of an item besides its bytes, rounded
     * up.
     */
    int OVERHEAD = 240;

    /** The resource and scope of its sender. */
    Origin origin();

    /** Bytes of memory charged for it, without its origin's. */
    long weight();
}
