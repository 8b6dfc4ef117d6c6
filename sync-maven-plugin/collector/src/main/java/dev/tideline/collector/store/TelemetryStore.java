package dev.tideline.collector.store;

/**
 * Everything that is kept, one bounded log per signal, so that a flood of logs drops no span. Thread-safe.
 *
 * @param spans the spans
 * @param logs the log records
 * @param metrics the metrics
 */
public record TelemetryStore(
        BoundedLog<StoredSpan> spans, BoundedLog<StoredLog> logs, BoundedLog<StoredMetric> metrics) {

    /** Creates an empty store with these bounds. */
    public TelemetryStore(Bounds spans, Bounds logs, Bounds metrics) {
        this(new BoundedLog<>(spans), new BoundedLog<>(logs), new BoundedLog<>(metrics));
    }

    /** Forgets everything of all signals. */
    public void clear() {
        spans.clear();
        logs.clear();
        metrics.clear();
    }
}
