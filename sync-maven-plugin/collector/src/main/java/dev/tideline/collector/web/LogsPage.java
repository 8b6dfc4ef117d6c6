package dev.tideline.collector.web;

import dev.tideline.collector.query.BadQueryException;
import dev.tideline.collector.query.Criteria;
import dev.tideline.collector.query.LogView;
import dev.tideline.collector.query.Parameters;
import dev.tideline.collector.query.Query;
import dev.tideline.collector.query.Telemetry;
import dev.tideline.collector.store.Ids;
import dev.tideline.web.Html;
import java.util.List;

/** Log records, newest first, each with a link to its span. */
record LogsPage(Telemetry telemetry, String tracesUrl) {

    private static final int MOST = 300;
    private static final int LONGEST = 2_000;

    Reply handle(Request request) {
        Html html = Layout.begin(request, "Logs", "/logs", "/assets/live.js");
        html.raw("<h1>Logs</h1><form class=\"search\" method=\"get\" action=\"/logs\">");
        Layout.choice(
                html, request, "service", "Service", telemetry.logs().finder().services());
        Layout.choice(html, request, "min_severity", "At least", Criteria.SEVERITIES);
        Layout.input(html, request, "body_contains", "Text contains", "timeout");
        Layout.input(html, request, "attribute", "Attribute", "thread.name=main");
        Layout.input(html, request, "trace_id", "Trace", "32 hex digits");
        Layout.input(html, request, "span_id", "Span", "16 hex digits");
        html.raw("<span class=\"go\"><button>Search</button><a href=\"/logs\">Reset</a></span></form>");
        html.raw("<section id=\"results\" aria-label=\"Found\">");
        int status = 200;
        try {
            Parameters parameters = request.parameters();
            Query<LogView> query = Criteria.logs(parameters);
            parameters.refuseUnknown();
            results(html, telemetry.logs().finder().newest(query, MOST));
        } catch (BadQueryException e) {
            status = 400;
            Layout.error(html, e.getMessage());
        }
        html.raw("</section>");
        return Reply.html(status, Layout.end(html));
    }

    private void results(Html html, List<LogView> logs) {
        Layout.held(html, telemetry.store().logs().holdings(), "log records");
        if (logs.isEmpty()) {
            Layout.nothing(html, "log records", telemetry.store().logs().holdings(), tracesUrl);
            return;
        }
        html.raw("<div class=\"logs\">");
        logs.forEach(log -> row(html, log));
        html.raw("</div>");
        if (logs.size() == MOST) {
            html.raw("<p class=\"more\">The newest ").text(MOST).raw(" are shown; narrow the search for others.</p>");
        }
    }

    private static void row(Html html, LogView log) {
        html.raw("<details class=\"log\" id=\"log-").text(log.sequence()).raw("\"><summary>");
        Layout.time(html, log.item().timeNanos());
        Layout.severity(html, log.item());
        html.raw("<small>");
        html.brief(log.service(), 100).raw("</small><span class=\"body\">");
        html.brief(log.body(), 300).raw("</span></summary><div class=\"inside\"><pre>");
        html.brief(log.body(), LONGEST).raw("</pre>");
        if (log.item().traceId() != null) {
            html.raw("<p><a href=\"/traces/").text(log.item().traceId());
            if (log.item().spanId() != Ids.NONE) {
                String span = Ids.hex(log.item().spanId());
                html.raw("?span=").text(span).raw("#").text(span);
            }
            html.raw("\">Its span in trace ").text(log.item().traceId()).raw("</a></p>");
        }
        AttributeTable.write(html, "Attributes", log.log().getAttributesList());
        AttributeTable.origin(html, log.item().origin());
        html.raw("</div></details>");
    }
}
