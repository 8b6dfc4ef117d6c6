package dev.tideline.collector.web;

import com.google.protobuf.Message;
import dev.tideline.collector.query.Attributes;
import dev.tideline.collector.query.BadQueryException;
import dev.tideline.collector.query.Criteria;
import dev.tideline.collector.query.MetricView;
import dev.tideline.collector.query.Parameters;
import dev.tideline.collector.query.Query;
import dev.tideline.collector.query.Telemetry;
import dev.tideline.collector.store.MetricType;
import dev.tideline.web.Html;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The latest export of every metric. */
final class MetricsPage {

    private static final int MOST_POINTS = 50;
    private static final int MOST_SEEN = 20_000;
    private static final int LONGEST = 200;

    private final Telemetry telemetry;
    private final String tracesUrl;

    MetricsPage(Telemetry telemetry, String tracesUrl) {
        this.telemetry = telemetry;
        this.tracesUrl = tracesUrl;
    }

    Reply handle(Request request) {
        Html html = Layout.begin("Metrics", "/metrics", true);
        html.raw("<h1>Metrics</h1><form class=\"search\" method=\"get\" action=\"/metrics\">");
        Layout.choice(
                html,
                request,
                "service",
                "Service",
                telemetry.metrics().finder().services());
        Layout.input(html, request, "name_contains", "Name contains", "http.server");
        Layout.choice(
                html,
                request,
                "type",
                "Type",
                Arrays.stream(MetricType.values()).map(MetricType::toString).toList());
        Layout.input(html, request, "attribute", "Attribute", "http.route=/users");
        html.raw("<span class=\"go\"><button>Search</button><a href=\"/metrics\">Reset</a></span></form>");
        html.raw("<section id=\"results\" aria-live=\"polite\">");
        int status = 200;
        try {
            Parameters parameters = request.parameters();
            Query<MetricView> query = Criteria.metrics(parameters);
            parameters.refuseUnknown();
            results(html, latest(telemetry.metrics().finder().newest(query, MOST_SEEN)));
        } catch (BadQueryException e) {
            status = 400;
            Layout.error(html, e.getMessage());
        }
        html.raw("</section>");
        return Reply.html(status, Layout.end(html));
    }

    private static Collection<MetricView> latest(List<MetricView> newestFirst) {
        Map<String, MetricView> latest = new TreeMap<>();
        newestFirst.forEach(metric -> latest.putIfAbsent(
                metric.name()
                        + '\n'
                        + metric.service()
                        + '\n'
                        + metric.item().origin().scope().getName(),
                metric));
        return latest.values();
    }

    private void results(Html html, Collection<MetricView> metrics) {
        Layout.held(html, telemetry.store().metrics().holdings(), "metrics");
        if (metrics.isEmpty()) {
            Layout.nothing(html, "metrics", telemetry.store().metrics().holdings(), tracesUrl);
            return;
        }
        html.raw("<div class=\"logs\">");
        metrics.forEach(metric -> row(html, metric));
        html.raw("</div>");
    }

    private static void row(Html html, MetricView view) {
        List<? extends Message> points = view.points();
        html.raw("<details class=\"metric\"><summary><b>")
                .brief(view.name(), LONGEST)
                .raw("</b><span class=\"tag\">");
        html.text(view.item().type().toString().replace('_', ' ')).raw("</span><small>");
        html.brief(view.service(), LONGEST).raw("</small><span class=\"body\">");
        if (points.size() == 1) {
            html.text(value(points.get(0))).raw(" ").brief(view.metric().getUnit(), 50);
        } else {
            html.text(points.size()).raw(" points");
        }
        html.raw("</span></summary><div class=\"inside\"><p>");
        html.brief(view.metric().getDescription(), 1000).raw("</p><p>Unit: ");
        html.brief(view.metric().getUnit().isEmpty() ? "none" : view.metric().getUnit(), 50)
                .raw("</p><dl>");
        points.stream().limit(MOST_POINTS).forEach(point -> AttributeTable.entry(html, labels(point), value(point)));
        html.raw("</dl>");
        if (points.size() > MOST_POINTS) {
            html.raw("<p class=\"more\">and ").text(points.size() - MOST_POINTS).raw(" more points</p>");
        }
        AttributeTable.origin(html, view.item().origin());
        html.raw("</div></details>");
    }

    private static String labels(Message point) {
        String labels = MetricView.attributes(point).stream()
                .map(a -> a.getKey() + "=" + Attributes.text(a.getValue()))
                .collect(Collectors.joining(", "));
        return labels.isEmpty() ? "(no attributes)" : labels;
    }

    private static String value(Message point) {
        if (point instanceof NumberDataPoint number) {
            return number.hasAsInt() ? Long.toString(number.getAsInt()) : Double.toString(number.getAsDouble());
        } else if (point instanceof HistogramDataPoint histogram) {
            return counted(histogram.getCount(), histogram.getSum());
        } else if (point instanceof ExponentialHistogramDataPoint exponential) {
            return counted(exponential.getCount(), exponential.getSum());
        }
        SummaryDataPoint summary = (SummaryDataPoint) point;
        return counted(summary.getCount(), summary.getSum());
    }

    private static String counted(long count, double sum) {
        return "count " + count + ", sum " + sum + (count > 0 ? ", mean " + sum / count : "");
    }
}
