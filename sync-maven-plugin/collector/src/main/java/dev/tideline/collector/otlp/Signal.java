package dev.tideline.collector.otlp;

import com.google.protobuf.Descriptors.Descriptor;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The three signals. Their requests have the same shape: a list of resources, each with a list of scopes, each with a
 * list of items, under the same field numbers.
 */
public enum Signal {
    TRACES(
            "/v1/traces",
            "trace.v1.TraceService",
            "resourceSpans",
            "scopeSpans",
            "spans",
            "rejectedSpans",
            "span",
            Span::getDescriptor),
    /** Metrics; data points are counted as rejected. */
    METRICS(
            "/v1/metrics",
            "metrics.v1.MetricsService",
            "resourceMetrics",
            "scopeMetrics",
            "metrics",
            "rejectedDataPoints",
            "data point",
            Metric::getDescriptor),
    LOGS(
            "/v1/logs",
            "logs.v1.LogsService",
            "resourceLogs",
            "scopeLogs",
            "logRecords",
            "rejectedLogRecords",
            "log record",
            LogRecord::getDescriptor);

    private final String path;
    private final String grpcPath;
    private final String resources;
    private final String scopes;
    private final String items;
    private final String rejected;
    private final String noun;
    /** Created late: protobuf takes a while to build its descriptors, and a start need not wait for that. */
    private final Supplier<Descriptor> item;

    Signal(
            String path,
            String grpcService,
            String resources,
            String scopes,
            String items,
            String rejected,
            String noun,
            Supplier<Descriptor> item) {
        this.path = path;
        this.grpcPath = "/opentelemetry.proto.collector." + grpcService + "/Export";
        this.resources = resources;
        this.scopes = scopes;
        this.items = items;
        this.rejected = rejected;
        this.noun = noun;
        this.item = item;
    }

    /** Path of its POST requests. */
    public String path() {
        return path;
    }

    /** JSON name of the count of rejected items in an answer. */
    public String rejectedField() {
        return rejected;
    }

    /** A rejected item's name, in the singular. */
    public String noun() {
        return noun;
    }

    String resources() {
        return resources;
    }

    String scopes() {
        return scopes;
    }

    String items() {
        return items;
    }

    /** The path of its OTLP/gRPC service. */
    public String grpcPath() {
        return grpcPath;
    }

    /**
     * Whether a field that is not {@code current} is its name in older releases of OTLP, or its original field name.
     */
    boolean isOutdated(String name, String current) {
        return isSpelledLike(name, current)
                || isSpelledLike(name, current.replace("scope", "instrumentationLibrary"))
                || (this == LOGS && name.equals("logs") && current.equals(items));
    }

    /** Tells the sender OTLP's present name of a field. */
    static String renamed(String name, String current) {
        return "'" + name + "' is called '" + current + "'";
    }

    /** The signal whose requests have a field of this name, in any spelling. */
    static Optional<Signal> withResources(String name) {
        return Arrays.stream(values())
                .filter(signal -> isSpelledLike(name, signal.resources))
                .findFirst();
    }

    /** Whether two names differ only in case and underscores. */
    static boolean isSpelledLike(String name, String known) {
        return name.replace("_", "").equalsIgnoreCase(known);
    }

    /** Whether answers count the elements of an array, however its name is spelled. */
    boolean countsElementsOf(String array) {
        String counted = this == METRICS ? "dataPoints" : items;
        return isSpelledLike(array, counted) || isOutdated(array, counted);
    }

    Descriptor item() {
        return item.get();
    }
}
