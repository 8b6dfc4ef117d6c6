package dev.tideline.collector.web;

import dev.tideline.collector.query.Criteria;
import dev.tideline.collector.query.Durations;
import dev.tideline.collector.query.Finder;
import dev.tideline.collector.query.LogView;
import dev.tideline.collector.query.Parameters;
import dev.tideline.collector.query.SpanView;
import dev.tideline.collector.query.Telemetry;
import dev.tideline.collector.query.TraceSummary;
import dev.tideline.collector.query.TraceTree;
import dev.tideline.collector.store.Ids;
import dev.tideline.collector.store.StoredLog;
import dev.tideline.collector.store.TraceId;
import dev.tideline.web.Html;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One trace as a waterfall. Every span expands to its attributes, events, links and logs without a script. */
record TracePage(Telemetry telemetry) {

    private static final int ROWS = 500;
    private static final int MOST_LOGS = 2_000;

    Reply handle(Request request, String id) {
        TraceId traceId = traceId(id);
        Parameters parameters = request.parameters();
        int wantedFrom = (int) parameters.number("from", 0, Integer.MAX_VALUE, 0);
        long opened = parameters.id("span", Ids::parseSpanId).orElse(Ids.NONE);
        parameters.refuseUnknown();
        List<SpanView> spans = traceId == null ? List.of() : telemetry.traces().spans(traceId);
        if (spans.isEmpty()) {
            Html html = Layout.begin(request, "No such trace", "", "");
            Layout.error(html, "No span of trace " + id + " is held: it never came, or made room for newer ones.");
            return Reply.html(404, Layout.end(html));
        }
        TraceSummary summary =
                TraceSummary.of(spans.stream().map(SpanView::item).toList());
        Html html = Layout.begin(request, summary.root().name(), "", "/assets/waterfall.js");
        Map<Long, List<LogView>> logs = logs(traceId);
        head(html, summary, logs.values().stream().mapToInt(List::size).sum());
        List<TraceTree.Row> rows = TraceTree.of(spans).rows();
        int from = opened == Ids.NONE ? wantedFrom : pageOf(opened, rows);
        Waterfall waterfall = new Waterfall(html, summary, logs, opened);
        waterfall.write(rows.stream().skip(from).limit(ROWS).toList());
        paging(html, traceId, from, rows.size());
        return Reply.html(200, Layout.end(html));
    }

    private Map<Long, List<LogView>> logs(TraceId traceId) {
        Finder<StoredLog, LogView> finder = telemetry.logs().finder();
        Map<Long, List<LogView>> logs = new HashMap<>();
        Parameters ofTrace = new Parameters(Map.of("trace_id", List.of(traceId.toString())));
        finder.find(Criteria.logs(ofTrace), MOST_LOGS)
                .items()
                .forEach(log -> logs.computeIfAbsent(log.item().spanId(), i -> new ArrayList<>())
                        .add(log));
        return logs;
    }

    private static void head(Html html, TraceSummary trace, int logs) {
        html.raw("<h1 class=\"trace\">").brief(trace.root().name(), 300).raw("</h1><p class=\"facts\"><span>");
        html.text(Durations.show(trace.durationNanos())).raw("</span><span>").text(trace.spans());
        html.raw(trace.spans() == 1 ? " span</span>" : " spans</span>");
        if (trace.errors() > 0) {
            html.raw("<span class=\"tag bad\">").text(trace.errors());
            html.raw(trace.errors() == 1 ? " error</span>" : " errors</span>");
        }
        Layout.time(html, trace.startNanos());
        Layout.ago(html, trace.startNanos());
        html.raw("<span class=\"id\">");
        html.text(trace.id()).raw("</span>");
        if (logs > 0) {
            html.raw("<a href=\"/logs?trace_id=").text(trace.id()).raw("\">").text(logs);
            html.raw(logs == 1 ? " log record</a>" : " log records</a>");
        }
        html.raw("<a href=\"/api/v1/traces/").text(trace.id()).raw("\">JSON</a></p>");
        html.raw("<ul class=\"legend\" aria-label=\"Services\">");
        List<String> services = trace.services();
        for (int i = 0; i < services.size(); i++) {
            html.raw("<li><i class=\"c").text(i % Layout.COLOURS).raw("\"></i>");
            html.brief(services.get(i).isEmpty() ? "(no service)" : services.get(i), 100);
        }
        html.raw("</ul>");
    }

    private static int pageOf(long spanId, List<TraceTree.Row> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).span().item().spanId() == spanId) {
                return i / ROWS * ROWS;
            }
        }
        return 0;
    }

    private static void paging(Html html, TraceId id, int from, int total) {
        if (from == 0 && total <= ROWS) {
            return;
        }
        html.raw("<p class=\"paging\">Spans ").text(from + 1).raw(" to ").text(Math.min(total, from + ROWS));
        html.raw(" of ").text(total).raw(". ");
        if (from > 0) {
            html.raw("<a href=\"/traces/").text(id).raw("?from=").text(Math.max(0, from - ROWS));
            html.raw("\">earlier</a> ");
        }
        if (from + ROWS < total) {
            html.raw("<a href=\"/traces/")
                    .text(id)
                    .raw("?from=")
                    .text(from + ROWS)
                    .raw("\">further</a>");
        }
        html.raw("</p>");
    }

    private static TraceId traceId(String hex) {
        try {
            return TraceId.parse(hex);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
