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
import java.util.List;
import java.util.Locale;

/** The first page: a search for traces. Plain links and a form, so that every search has its address. */
final class TracesPage {

    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final int LONGEST_NAME = 200;

    private final Telemetry telemetry;
    private final String tracesUrl;

    TracesPage(Telemetry telemetry, String tracesUrl) {
        this.telemetry = telemetry;
        this.tracesUrl = tracesUrl;
    }

    Reply handle(Request request) {
        Html html = Layout.begin("Traces", "/", true);
        form(html, request);
        int status = 200;
        html.raw("<section id=\"results\" aria-live=\"polite\">");
        try {
            Parameters parameters = request.parameters();
            Query<SpanView> query = Criteria.spans(parameters);
            int limit = (int) parameters.number("limit", 1, MOST, USUAL);
            parameters.refuseUnknown();
            results(html, telemetry.traces().find(query, limit), limit);
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
        Layout.input(html, request, "attribute", "Attribute", "http.route=/users");
        Layout.input(html, request, "min_duration", "At least", "100ms");
        Layout.input(html, request, "max_duration", "At most", "2s");
        Layout.choice(html, request, "status", "Status", Criteria.STATUSES);
        html.raw("<span class=\"go\"><button>Search</button><a href=\"/\">Reset</a></span></form>");
    }

    private void results(Html html, List<TraceSummary> traces, int limit) {
        Layout.held(html, telemetry.store().spans().holdings(), "spans");
        if (traces.isEmpty()) {
            Layout.nothing(html, "spans", telemetry.store().spans().holdings(), tracesUrl);
            return;
        }
        long longest =
                traces.stream().mapToLong(TraceSummary::durationNanos).max().orElse(1);
        html.raw("<table class=\"traces\"><thead><tr><th>Trace<th>Services<th class=\"n\">Spans<th>Duration"
                + "<th>Started (UTC)</thead><tbody>");
        traces.forEach(trace -> row(html, trace, Math.max(1, longest)));
        html.raw("</tbody></table>");
        if (traces.size() == limit) {
            html.raw("<p class=\"more\">The newest ").text(limit).raw(" are shown; narrow the search for others.</p>");
        }
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
            html.raw(" <span class=\"tag failed\">").text(trace.errors());
            html.raw(trace.errors() == 1 ? " error</span>" : " errors</span>");
        }
        html.raw("<td class=\"duration\"><span>").text(Durations.show(trace.durationNanos()));
        html.raw("</span><svg aria-hidden=\"true\"><rect height=\"100%\" width=\"");
        html.text(String.format(Locale.ROOT, "%.2f", 100.0 * trace.durationNanos() / longest))
                .raw("%\"/></svg><td>");
        Layout.time(html, trace.startNanos());
    }
}
