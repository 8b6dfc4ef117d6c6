package dev.tideline.collector.web;

import dev.tideline.collector.query.BadQueryException;
import dev.tideline.collector.query.Criteria;
import dev.tideline.collector.query.Durations;
import dev.tideline.collector.query.Parameters;
import dev.tideline.collector.query.Query;
import dev.tideline.collector.query.SpanView;
import dev.tideline.collector.query.Telemetry;
import dev.tideline.collector.query.TraceSummary;
import dev.tideline.web.Html;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The first page: a search for traces. Plain links and a form, so that every search has its address. */
record TracesPage(Telemetry telemetry, String tracesUrl) {

    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final int LONGEST_NAME = 200;
    private static final String SLOWEST_FIRST = "duration";

    Reply handle(Request request) {
        Html html = Layout.begin(request, "Traces", "/", "/assets/live.js");
        form(html, request);
        int status = 200;
        html.raw("<section id=\"results\" aria-label=\"Found\">");
        try {
            Parameters parameters = request.parameters();
            Query<SpanView> query = Criteria.spans(parameters);
            int limit = (int) parameters.number("limit", 1, MOST, USUAL);
            Optional<String> sort = parameters.oneOf("sort", List.of(SLOWEST_FIRST));
            parameters.refuseUnknown();
            boolean slowest = sort.filter(SLOWEST_FIRST::equals).isPresent();
            List<TraceSummary> found = telemetry.traces().find(query, slowest ? Integer.MAX_VALUE : limit);
            Comparator<TraceSummary> order =
                    Comparator.comparingLong(slowest ? TraceSummary::durationNanos : TraceSummary::startNanos);
            found = found.stream().sorted(order.reversed()).limit(limit).toList();
            results(html, request, found, limit, slowest);
        } catch (BadQueryException e) {
            status = 400;
            Layout.error(html, e.getMessage());
        }
        html.raw("</section>");
        return Reply.html(status, Layout.end(html));
    }

    private void form(Html html, Request request) {
        html.raw("<h1>Traces</h1><form class=\"search\" method=\"get\" action=\"/\">");
        Layout.choice(
                html, request, "service", "Service", telemetry.spans().finder().services());
        Layout.input(html, request, "name_contains", "Span name contains", "checkout");
        Layout.input(html, request, "trace_id", "Trace id", "32 hex digits");
        Layout.input(html, request, "attribute", "Attribute", "http.route=/users");
        Layout.input(html, request, "min_duration", "At least", "100ms");
        Layout.input(html, request, "max_duration", "At most", "2s");
        Layout.choice(html, request, "status", "Status", Criteria.STATUSES);
        html.raw("<span class=\"go\"><button>Search</button><a href=\"/\">Reset</a></span></form>");
    }

    private void results(Html html, Request request, List<TraceSummary> traces, int limit, boolean slowest) {
        Layout.held(html, telemetry.store().spans().holdings(), "spans");
        if (traces.isEmpty()) {
            Layout.nothing(html, "spans", telemetry.store().spans().holdings(), tracesUrl);
            return;
        }
        long longest =
                traces.stream().mapToLong(TraceSummary::durationNanos).max().orElse(1);
        html.raw("<table class=\"traces\"><thead><tr><th>Trace<th>Services<th class=\"n\">Spans");
        head(html, "Duration", slowest ? "descending" : "", address(request, SLOWEST_FIRST));
        head(html, "Started", slowest ? "" : "descending", address(request, ""));
        html.raw("</thead><tbody>");
        traces.forEach(trace -> row(html, trace, Math.max(1, longest)));
        html.raw("</tbody></table>");
        if (traces.size() == limit) {
            html.raw(slowest ? "<p class=\"more\">The slowest " : "<p class=\"more\">The newest ")
                    .text(limit)
                    .raw(" are shown; narrow the search for others.</p>");
        }
    }

    private static void head(Html html, String title, String sorted, String address) {
        html.raw("<th")
                .raw(sorted.isEmpty() ? ">" : " aria-sort=\"" + sorted + "\">")
                .raw("<a href=\"")
                .text(address);
        html.raw("\">").text(title).raw(sorted.isEmpty() ? "</a>" : " <span aria-hidden=\"true\">▼</span></a>");
    }

    /** This search in another order. */
    private static String address(Request request, String sort) {
        String kept = request.query().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("sort"))
                .flatMap(parameter -> parameter.getValue().stream()
                        .map(value -> Layout.encoded(parameter.getKey()) + "=" + Layout.encoded(value)))
                .collect(Collectors.joining("&"));
        return "/?" + kept + (sort.isEmpty() ? "" : (kept.isEmpty() ? "" : "&") + "sort=" + sort);
    }

    private static void row(Html html, TraceSummary trace, long longest) {
        html.raw("<tr><td class=\"name\"><a href=\"/traces/").text(trace.id()).raw("\">");
        html.brief(trace.root().name().isEmpty() ? "(no name)" : trace.root().name(), LONGEST_NAME)
                .raw("</a>");
        if (!trace.rootReceived()) {
            html.raw(" <span class=\"tag\">root not received</span>");
        }
        html.raw("<span class=\"id\">").text(trace.id()).raw("</span><td class=\"services\">");
        trace.services()
                .forEach(service -> html.raw("<span class=\"service\">")
                        .brief(service.isEmpty() ? "(no service)" : service, LONGEST_NAME)
                        .raw("</span> "));
        html.raw("<td class=\"n\">").text(trace.spans()).raw("<span class=\"unit\"> spans</span>");
        if (trace.errors() > 0) {
            html.raw(" <span class=\"tag bad\">").text(trace.errors());
            html.raw(trace.errors() == 1 ? " error</span>" : " errors</span>");
        }
        html.raw("<td class=\"duration")
                .raw(trace.errors() > 0 ? " failed\"><span>" : "\"><span>")
                .text(Durations.show(trace.durationNanos()));
        html.raw("</span><svg aria-hidden=\"true\"><rect height=\"100%\" width=\"");
        html.text(String.format(Locale.ROOT, "%.2f", 100.0 * trace.durationNanos() / longest))
                .raw("%\"/></svg><td>");
        Layout.ago(html, trace.startNanos());
    }
}
