package dev.tideline.collector.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.metrics.v1.Metric;

/**
 * One metric of one export, with all its data points, as it is stored.
 *
 * @param points number of data points
 * @param bytes the whole metric, protobuf
 */
public record StoredMetric(Origin origin, String name, MetricType type, int points, byte[] bytes) implements Stored {

    /**
     * @throws InvalidProtocolBufferException if the bytes are not a metric
     */
    public static StoredMetric read(Origin origin, byte[] bytes) throws InvalidProtocolBufferException {
        Metric metric = Metric.parseFrom(bytes);
        MetricType type = MetricType.of(metric);
        return new StoredMetric(
                origin, metric.getName(), type, type.points(metric).size(), bytes);
    }

    @Override
    public long weight() {
        return OVERHEAD + bytes.length + 2L * name.length();
    }

    public Metric decode() {
        try {
            return Metric.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a metric that was read once cannot be read again", e);
        }
    }
}
