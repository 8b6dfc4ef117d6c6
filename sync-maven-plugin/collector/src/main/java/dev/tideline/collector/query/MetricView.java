package dev.tideline.collector.query;

import com.google.protobuf.Message;
import dev.tideline.collector.store.Arrived;
import dev.tideline.collector.store.StoredMetric;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.Optional;

public final class MetricView implements View<StoredMetric> {

    private final Arrived<StoredMetric> arrived;
    private Metric metric;

    public MetricView(Arrived<StoredMetric> arrived) {
        this.arrived = arrived;
    }

    public Metric metric() {
        if (metric == null) {
            metric = arrived.item().decode();
        }
        return metric;
    }

    public List<? extends Message> points() {
        return item().type().points(metric());
    }

    /** The attributes of one of its data points. */
    public static List<KeyValue> attributes(Message point) {
        if (point instanceof NumberDataPoint number) {
            return number.getAttributesList();
        } else if (point instanceof HistogramDataPoint histogram) {
            return histogram.getAttributesList();
        } else if (point instanceof ExponentialHistogramDataPoint exponential) {
            return exponential.getAttributesList();
        }
        return ((SummaryDataPoint) point).getAttributesList();
    }

    @Override
    public long sequence() {
        return arrived.sequence();
    }

    @Override
    public StoredMetric item() {
        return arrived.item();
    }

    @Override
    public String name() {
        return item().name();
    }

    /** Whether any data point, or the resource, has this attribute with this value; null for any value. */
    public boolean hasAttribute(String key, String value) {
        for (Message point : points()) {
            Optional<String> found = Attributes.find(attributes(point), key);
            if (found.isPresent() && (value == null || found.get().equals(value))) {
                return true;
            }
        }
        Optional<String> found = Attributes.find(item().origin().resource().getAttributesList(), key);
        return found.isPresent() && (value == null || found.get().equals(value));
    }

    @Override
    public Optional<String> attribute(String key) {
        return points().stream()
                .flatMap(point -> Attributes.find(attributes(point), key).stream())
                .findFirst()
                .or(() -> Attributes.find(item().origin().resource().getAttributesList(), key));
    }
}
