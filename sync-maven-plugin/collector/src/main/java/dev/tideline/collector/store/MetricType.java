package dev.tideline.collector.store;

import com.google.protobuf.Message;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.List;
import java.util.Locale;

/** OTLP's kinds of metric. */
public enum MetricType {
    /** A value at a time. */
    GAUGE,
    /** A sum over time. */
    SUM,
    /** Counts in buckets with explicit bounds. */
    HISTOGRAM,
    /** Counts in buckets whose bounds grow by a constant factor. */
    EXPONENTIAL_HISTOGRAM,
    /** Quantiles computed by the sender. */
    SUMMARY,
    /** A metric without data, or of a kind newer than this collector. */
    NONE;

    static MetricType of(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> GAUGE;
            case SUM -> SUM;
            case HISTOGRAM -> HISTOGRAM;
            case EXPONENTIAL_HISTOGRAM -> EXPONENTIAL_HISTOGRAM;
            case SUMMARY -> SUMMARY;
            case DATA_NOT_SET -> NONE;
        };
    }

    /** The data points of {@code metric}, which is of this type. */
    public List<? extends Message> points(Metric metric) {
        return switch (this) {
            case GAUGE -> metric.getGauge().getDataPointsList();
            case SUM -> metric.getSum().getDataPointsList();
            case HISTOGRAM -> metric.getHistogram().getDataPointsList();
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsList();
            case SUMMARY -> metric.getSummary().getDataPointsList();
            case NONE -> List.of();
        };
    }

    /** As in the API, for example {@code exponential_histogram}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
