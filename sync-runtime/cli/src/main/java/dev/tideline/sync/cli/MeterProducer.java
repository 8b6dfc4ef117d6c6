package dev.tideline.sync.cli;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.Id;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports Micrometer's meters through OpenTelemetry's SDK: counters as sums since the start, everything else as gauges.
 * Micrometer's own OTLP registry would add Protocol Buffers and separate settings.
 */
final class MeterProducer implements MetricProducer {

    private static final Logger LOG = LoggerFactory.getLogger(MeterProducer.class);

    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("dev.tideline.sync");

    private static final Set<Statistic> GROWING = Set.of(Statistic.COUNT, Statistic.TOTAL, Statistic.TOTAL_TIME);

    private final long started = nanos(Instant.now());
    private volatile Source source;

    /** Brings meters up to date. */
    @FunctionalInterface
    interface Refresh {
        void run() throws Exception;
    }

    private record Source(MeterRegistry registry, Refresh refresh) {}

    /** Exports these meters from now on. @param refresh runs before each reading */
    void show(MeterRegistry registry, Refresh refresh) {
        source = new Source(registry, refresh);
    }

    /** Points that share a name. */
    private record Points(Id first, String name, boolean growing, List<DoublePointData> points) {}

    @Override
    public Collection<MetricData> produce(Resource resource) {
        Source shown = source;
        if (shown == null) {
            return List.of();
        }
        try {
            shown.refresh().run();
        } catch (Exception e) {
            LOG.debug("metrics are not sent while the source does not answer: {}", e.toString());
            return List.of();
        }
        long now = nanos(Instant.now());
        Map<String, Points> byName = new LinkedHashMap<>();
        for (Meter meter : shown.registry().getMeters()) {
            Attributes labels = attributes(meter.getId());
            List<Measurement> measurements = new ArrayList<>();
            meter.measure().forEach(measurements::add);
            for (Measurement measurement : measurements) {
                String statistic = measurement.getStatistic().name().toLowerCase(Locale.ROOT);
                String name = meter.getId().getName() + (measurements.size() == 1 ? "" : "." + statistic);
                if (!Double.isNaN(measurement.getValue())) {
                    byName.computeIfAbsent(
                                    name,
                                    made -> new Points(
                                            meter.getId(),
                                            made,
                                            GROWING.contains(measurement.getStatistic()),
                                            new ArrayList<>()))
                            .points()
                            .add(DoublePointData.create(started, now, labels, measurement.getValue(), List.of()));
                }
            }
        }
        return byName.values().stream()
                .<MetricData>map(points -> Shown.of(points, resource))
                .toList();
    }

    private static Attributes attributes(Id meter) {
        AttributesBuilder attributes = Attributes.builder();
        meter.getTags().forEach(tag -> attributes.put(tag.getKey(), tag.getValue()));
        return attributes.build();
    }

    private static long nanos(Instant at) {
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    }

    private record Shown(
            Resource getResource,
            InstrumentationScopeInfo getInstrumentationScopeInfo,
            String getName,
            String getDescription,
            String getUnit,
            MetricDataType getType,
            Data<?> getData)
            implements MetricData {

        static Shown of(Points points, Resource resource) {
            Id meter = points.first();
            return new Shown(
                    resource,
                    SCOPE,
                    points.name(),
                    meter.getDescription() == null ? "" : meter.getDescription(),
                    meter.getBaseUnit() == null ? "" : meter.getBaseUnit(),
                    points.growing() ? MetricDataType.DOUBLE_SUM : MetricDataType.DOUBLE_GAUGE,
                    points.growing()
                            ? SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, points.points())
                            : GaugeData.createDoubleGaugeData(points.points()));
        }
    }
}
