package dev.tideline.collector.web;

import dev.tideline.collector.query.BadQueryException;
import dev.tideline.collector.query.Criteria;
import dev.tideline.collector.query.MetricView;
import dev.tideline.collector.query.Parameters;
import dev.tideline.collector.query.Query;
import dev.tideline.collector.query.Telemetry;
import dev.tideline.collector.store.MetricType;
import dev.tideline.web.Html;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Every metric with its latest value, and a chart of each of its series. */
record MetricsPage(Telemetry telemetry, String tracesUrl) {

    private static final int MOST_SERIES = 50;
    private static final int MOST_EXPORTS = 60;
    private static final int MOST_SEEN = 20_000;
    private static final int LONGEST = 200;

    Reply handle(Request request) {
        Html html = Layout.begin(request, "Metrics", "/metrics", "/assets/live.js");
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
        html.raw("<section id=\"results\" aria-label=\"Found\">");
        int status = 200;
        try {
            Parameters parameters = request.parameters();
            Query<MetricView> query = Criteria.metrics(parameters);
            parameters.refuseUnknown();
            results(html, exports(telemetry.metrics().finder().newest(query, MOST_SEEN)));
        } catch (BadQueryException e) {
            status = 400;
            Layout.error(html, e.getMessage());
        }
        html.raw("</section>");
        return Reply.html(status, Layout.end(html));
    }

    /** The newest exports of each metric, newest first. */
    private static Collection<List<MetricView>> exports(List<MetricView> newestFirst) {
        Map<String, List<MetricView>> exports = new TreeMap<>();
        for (MetricView metric : newestFirst) {
            String scope = metric.item().origin().scope().getName();
            List<MetricView> its = exports.computeIfAbsent(
                    metric.name() + '\n' + metric.service() + '\n' + scope, key -> new ArrayList<>());
            if (its.size() < MOST_EXPORTS) {
                its.add(metric);
            }
        }
        return exports.values();
    }

    private void results(Html html, Collection<List<MetricView>> metrics) {
        Layout.held(html, telemetry.store().metrics().holdings(), "metrics");
        if (metrics.isEmpty()) {
            Layout.nothing(html, "metrics", telemetry.store().metrics().holdings(), tracesUrl);
            return;
        }
        html.raw("<div class=\"logs\">");
        metrics.forEach(exports -> row(html, exports));
        html.raw("</div>");
    }

    private static void row(Html html, List<MetricView> exports) {
        MetricView newest = exports.get(0);
        Metric metric = newest.metric();
        Collection<Series> series = Series.of(exports);
        html.raw("<details class=\"metric\" id=\"metric-")
                .text(Integer.toHexString(Objects.hash(
                        newest.name(), newest.service(), newest.item().origin().scope())))
                .raw("\"><summary><b>")
                .brief(newest.name(), LONGEST)
                .raw("</b><span class=\"tag\">");
        html.text(newest.item().type().toString().replace('_', ' ')).raw("</span><small>");
        html.brief(newest.service(), LONGEST).raw("</small><span class=\"body\">");
        if (series.size() == 1) {
            html.brief(series.iterator().next().latest(metric.getUnit()), LONGEST);
        } else {
            html.text(series.size()).raw(" series");
        }
        html.raw("</span></summary><div class=\"inside\">");
        if (!metric.getDescription().isEmpty()) {
            html.raw("<p>").brief(metric.getDescription(), 1000).raw("</p>");
        }
        html.raw("<ul class=\"series\">");
        series.stream().limit(MOST_SERIES).forEach(one -> series(html, metric, one));
        html.raw("</ul>");
        if (series.size() > MOST_SERIES) {
            html.raw("<p class=\"more\">and ").text(series.size() - MOST_SERIES).raw(" more series</p>");
        }
        AttributeTable.origin(html, newest.item().origin());
        html.raw("</div></details>");
    }

    private static void series(Html html, Metric metric, Series series) {
        html.raw("<li><span class=\"labels\">")
                .brief(series.labels().isEmpty() ? "(no attributes)" : series.labels(), LONGEST)
                .raw("</span><b>")
                .brief(series.latest(metric.getUnit()), LONGEST)
                .raw("</b><span class=\"line\">");
        series.chart(html, metric);
        html.raw("</span></li>");
    }
}
