package dev.tideline.collector.web;

import com.google.protobuf.Message;
import dev.tideline.collector.query.Attributes;
import dev.tideline.collector.query.MetricView;
import dev.tideline.web.Html;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The points of one metric with the same attributes, oldest first. */
record Series(String labels, List<Point> points) {

    private static final int WIDTH = 240;
    private static final int HEIGHT = 36;

    /**
     * One point.
     *
     * @param value the number; of a distribution its sum
     * @param count number of values in a distribution; -1 for a number
     */
    record Point(long nanos, double value, long count) {

        static Point of(Message point) {
            if (point instanceof NumberDataPoint number) {
                double value = number.hasAsInt() ? number.getAsInt() : number.getAsDouble();
                return new Point(number.getTimeUnixNano(), value, -1);
            } else if (point instanceof HistogramDataPoint histogram) {
                return new Point(histogram.getTimeUnixNano(), histogram.getSum(), histogram.getCount());
            } else if (point instanceof ExponentialHistogramDataPoint exponential) {
                return new Point(exponential.getTimeUnixNano(), exponential.getSum(), exponential.getCount());
            }
            SummaryDataPoint summary = (SummaryDataPoint) point;
            return new Point(summary.getTimeUnixNano(), summary.getSum(), summary.getCount());
        }
    }

    /** All series of the exports of one metric, which come newest first; those of the newest export, in its order. */
    static Collection<Series> of(List<MetricView> exports) {
        Map<String, Series> series = new LinkedHashMap<>();
        exports.get(0)
                .points()
                .forEach(point -> series.put(labels(point), new Series(labels(point), new ArrayList<>())));
        for (int i = exports.size() - 1; i >= 0; i--) {
            for (Message point : exports.get(i).points()) {
                Series its = series.get(labels(point));
                if (its != null) {
                    its.points.add(Point.of(point));
                }
            }
        }
        return series.values();
    }

    /** The newest point in words. */
    String latest(String unit) {
        Point last = points.get(points.size() - 1);
        if (last.count < 0) {
            return Units.show(last.value, unit);
        }
        String count = Units.number(last.count) + (last.count == 1 ? " value" : " values");
        return last.count == 0 ? count : count + ", mean " + Units.show(last.value / last.count, unit);
    }

    /** A line from the first point to the last, and its range in words. */
    void chart(Html html, Metric metric) {
        boolean rising = metric.hasSum()
                && metric.getSum().getIsMonotonic()
                && metric.getSum().getAggregationTemporality()
                        == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
        List<Point> line = new ArrayList<>();
        for (int i = rising ? 1 : 0; i < points.size(); i++) {
            line.add(rising ? perSecond(points.get(i - 1), points.get(i)) : mean(points.get(i)));
        }
        if (line.size() < 2) {
            html.raw("<small>a chart follows with the next exports</small>");
            return;
        }
        double low = line.stream().mapToDouble(Point::value).min().orElse(0);
        double high = line.stream().mapToDouble(Point::value).max().orElse(0);
        long begin = line.get(0).nanos;
        double time = Math.max(1, line.get(line.size() - 1).nanos - begin);
        html.raw("<svg class=\"chart\" viewBox=\"0 -2 " + WIDTH + " " + (HEIGHT + 4)
                        + "\" preserveAspectRatio=\"none\"")
                .raw(" aria-hidden=\"true\"><polyline points=\"");
        for (Point point : line) {
            double up = high == low ? 0.5 : (point.value - low) / (high - low);
            html.raw(String.format(
                    Locale.ROOT, "%.1f,%.1f ", (point.nanos - begin) / time * WIDTH, HEIGHT - up * HEIGHT));
        }
        String unit = metric.getUnit() + (rising ? "/s" : "");
        html.raw("\"/></svg><small>");
        html.text(low == high ? Units.show(low, unit) : Units.show(low, unit) + " to " + Units.show(high, unit));
        html.raw(points.get(0).count >= 0 ? " on average</small>" : "</small>");
    }

    private static Point perSecond(Point before, Point after) {
        double seconds = Math.max(1, after.nanos - before.nanos) / 1e9;
        // Less than before: the process was restarted, and counts from zero.
        double more = after.value < before.value ? after.value : after.value - before.value;
        return new Point(after.nanos, more / seconds, -1);
    }

    private static Point mean(Point point) {
        return point.count <= 0 ? point : new Point(point.nanos, point.value / point.count, point.count);
    }

    private static String labels(Message point) {
        return MetricView.attributes(point).stream()
                .map(a -> a.getKey() + "=" + Attributes.text(a.getValue()))
                .collect(Collectors.joining(", "));
    }
}
