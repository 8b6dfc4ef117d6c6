package dev.tideline.collector.store;

/** Everything that is kept, one bounded log per signal, so that a flood of logs drops no span. Thread-safe. */
public record TelemetryStore(
        BoundedLog<StoredSpan> spans, BoundedLog<StoredLog> logs, BoundedLog<StoredMetric> metrics) {

    public TelemetryStore(Bounds spans, Bounds logs, Bounds metrics) {
        this(new BoundedLog<>(spans), new BoundedLog<>(logs), new BoundedLog<>(metrics));
    }

    /** Deletes everything of all signals. */
    public void clear() {
        spans.clear();
        logs.clear();
        metrics.clear();
    }
}
