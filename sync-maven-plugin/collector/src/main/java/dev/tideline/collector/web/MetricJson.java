package dev.tideline.collector.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import dev.tideline.collector.query.MetricView;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.io.IOException;
import java.util.List;

final class MetricJson {

    private MetricJson() {}

    static void metric(JsonGenerator json, MetricView view) throws IOException {
        Metric metric = view.metric();
        json.writeStartObject();
        json.writeNumberField("sequence", view.sequence());
        json.writeStringField("name", metric.getName());
        json.writeStringField("service", view.service());
        json.writeStringField("description", metric.getDescription());
        json.writeStringField("unit", metric.getUnit());
        json.writeStringField("type", view.item().type().toString());
        switch (view.item().type()) {
            case SUM -> {
                json.writeBooleanField("monotonic", metric.getSum().getIsMonotonic());
                temporality(json, metric.getSum().getAggregationTemporality());
            }
            case HISTOGRAM -> temporality(json, metric.getHistogram().getAggregationTemporality());
            case EXPONENTIAL_HISTOGRAM ->
                temporality(json, metric.getExponentialHistogram().getAggregationTemporality());
            case GAUGE, SUMMARY, NONE -> {}
        }
        ValueJson.objects(json, "points", view.points(), MetricJson::point);
        TelemetryJson.origin(json, view.item().origin());
        json.writeEndObject();
    }

    private static void temporality(JsonGenerator json, AggregationTemporality temporality) throws IOException {
        json.writeStringField(
                "temporality",
                switch (temporality) {
                    case AGGREGATION_TEMPORALITY_DELTA -> "delta";
                    case AGGREGATION_TEMPORALITY_CUMULATIVE -> "cumulative";
                    case AGGREGATION_TEMPORALITY_UNSPECIFIED, UNRECOGNIZED -> "unspecified";
                });
    }

    private static void point(JsonGenerator json, Message point) throws IOException {
        ValueJson.attributes(json, "attributes", MetricView.attributes(point));
        if (point instanceof NumberDataPoint number) {
            times(json, number.getStartTimeUnixNano(), number.getTimeUnixNano());
            json.writeFieldName("value");
            switch (number.getValueCase()) {
                case AS_INT -> json.writeNumber(number.getAsInt());
                case AS_DOUBLE -> ValueJson.number(json, number.getAsDouble());
                case VALUE_NOT_SET -> json.writeNull();
            }
        } else if (point instanceof HistogramDataPoint histogram) {
            times(json, histogram.getStartTimeUnixNano(), histogram.getTimeUnixNano());
            counted(json, histogram.getCount(), histogram.getSum());
            if (histogram.hasMin()) {
                field(json, "min", histogram.getMin());
            }
            if (histogram.hasMax()) {
                field(json, "max", histogram.getMax());
            }
            longs(json, "bucket_counts", histogram.getBucketCountsList());
            ValueJson.array(json, "explicit_bounds", histogram.getExplicitBoundsList(), ValueJson::number);
        } else if (point instanceof ExponentialHistogramDataPoint exponential) {
            times(json, exponential.getStartTimeUnixNano(), exponential.getTimeUnixNano());
            counted(json, exponential.getCount(), exponential.getSum());
            json.writeNumberField("scale", exponential.getScale());
            json.writeNumberField("zero_count", exponential.getZeroCount());
            buckets(json, "positive", exponential.getPositive());
            buckets(json, "negative", exponential.getNegative());
        } else if (point instanceof SummaryDataPoint summary) {
            times(json, summary.getStartTimeUnixNano(), summary.getTimeUnixNano());
            counted(json, summary.getCount(), summary.getSum());
            ValueJson.objects(json, "quantiles", summary.getQuantileValuesList(), (into, quantile) -> {
                field(into, "quantile", quantile.getQuantile());
                field(into, "value", quantile.getValue());
            });
        }
    }

    private static void times(JsonGenerator json, long start, long time) throws IOException {
        ValueJson.time(json, "start", start);
        ValueJson.time(json, "time", time);
    }

    private static void counted(JsonGenerator json, long count, double sum) throws IOException {
        json.writeNumberField("count", count);
        field(json, "sum", sum);
    }

    private static void buckets(JsonGenerator json, String name, ExponentialHistogramDataPoint.Buckets buckets)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("offset", buckets.getOffset());
        longs(json, "bucket_counts", buckets.getBucketCountsList());
        json.writeEndObject();
    }

    private static void longs(JsonGenerator json, String name, List<Long> values) throws IOException {
        ValueJson.array(json, name, values, JsonGenerator::writeNumber);
    }

    private static void field(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        ValueJson.number(json, value);
    }
}
