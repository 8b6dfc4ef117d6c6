package dev.tideline.collector.query;

import dev.tideline.collector.store.StoredLog;
import dev.tideline.collector.store.StoredMetric;
import dev.tideline.collector.store.StoredSpan;
import dev.tideline.collector.store.TelemetryStore;
import dev.tideline.web.DaemonThreads;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** A store with all its searches and waits. Thread-safe. */
public final class Telemetry implements AutoCloseable {

    private final TelemetryStore store;
    private final ScheduledThreadPoolExecutor timer;
    private final Lookup<StoredSpan, SpanView> spans;
    private final Lookup<StoredLog, LogView> logs;
    private final Lookup<StoredMetric, MetricView> metrics;

    /**
     * {@link #close} ends its thread and all waits.
     *
     * @param maxWaits maximum number of waits per signal
     */
    public Telemetry(TelemetryStore store, int maxWaits) {
        this.store = store;
        this.timer = timer();
        Finder<StoredSpan, SpanView> spanFinder = new Finder<>(store.spans(), SpanView::new);
        Finder<StoredLog, LogView> logFinder = new Finder<>(store.logs(), LogView::new);
        Finder<StoredMetric, MetricView> metricFinder = new Finder<>(store.metrics(), MetricView::new);
        this.spans = new Lookup<>(spanFinder, new Waits<>(spanFinder, timer, System::nanoTime, maxWaits));
        this.logs = new Lookup<>(logFinder, new Waits<>(logFinder, timer, System::nanoTime, maxWaits));
        this.metrics = new Lookup<>(metricFinder, new Waits<>(metricFinder, timer, System::nanoTime, maxWaits));
    }

    public TelemetryStore store() {
        return store;
    }

    public Lookup<StoredSpan, SpanView> spans() {
        return spans;
    }

    public Lookup<StoredLog, LogView> logs() {
        return logs;
    }

    public Lookup<StoredMetric, MetricView> metrics() {
        return metrics;
    }

    public TraceSearch traces() {
        return new TraceSearch(store.spans());
    }

    /** The number of open waits. */
    public int openWaits() {
        return spans.waits().open() + logs.waits().open() + metrics.waits().open();
    }

    @Override
    public void close() {
        spans.waits().close();
        logs.waits().close();
        metrics.waits().close();
        timer.shutdownNow();
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2, DaemonThreads.named("collector-waits"));
        // A wait that ends early must not keep its timer, and everything that refers to, until its timeout.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
