package dev.tideline.collector.web;

import dev.tideline.collector.query.Attributes;
import dev.tideline.collector.query.Criteria;
import dev.tideline.collector.query.Durations;
import dev.tideline.collector.query.LogView;
import dev.tideline.collector.query.SpanView;
import dev.tideline.collector.query.TraceSummary;
import dev.tideline.collector.query.TraceTree;
import dev.tideline.collector.store.Ids;
import dev.tideline.collector.store.StoredSpan;
import dev.tideline.web.Html;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The bars of a trace. They are SVG with attributes, since the page's policy forbids inline styles. */
record Waterfall(Html html, TraceSummary trace, Map<Long, List<LogView>> logs, long opened) {

    private static final int DEEPEST = 16;
    private static final int TICKS = 4;
    private static final int MOST_EVENTS = 100;
    private static final int MOST_LOGS = 50;
    private static final int LONGEST = 300;

    void write(List<TraceTree.Row> rows) {
        html.raw("<div class=\"waterfall\"><div class=\"axis\" aria-hidden=\"true\"><span></span><span></span><svg>");
        for (int i = 0; i <= TICKS; i++) {
            String anchor = i == 0 ? "start" : i == TICKS ? "end" : "middle";
            html.raw("<text y=\"14\" x=\"")
                    .text(100 * i / TICKS)
                    .raw("%\" text-anchor=\"")
                    .raw(anchor)
                    .raw("\">");
            html.text(i == 0 ? "0" : Durations.show(trace.durationNanos() / TICKS * i))
                    .raw("</text>");
        }
        html.raw("</svg></div>");
        for (int i = 0; i < rows.size(); i++) {
            boolean parent =
                    i + 1 < rows.size() && rows.get(i + 1).depth() > rows.get(i).depth();
            row(rows.get(i), parent);
        }
        html.raw("</div>");
    }

    /** The button is beside the expandable part: within a summary a screen reader could not reach it. */
    private void row(TraceTree.Row row, boolean parent) {
        StoredSpan span = row.span().item();
        List<LogView> its = logs.getOrDefault(span.spanId(), List.of());
        int indent = Math.min(DEEPEST, row.depth());
        html.raw("<div class=\"row\" data-depth=\"").text(row.depth()).raw("\">");
        if (parent) {
            html.raw("<button type=\"button\" class=\"fold d").text(indent).raw("\" aria-expanded=\"true\" hidden>");
            html.raw("<span class=\"unseen\">Spans below ")
                    .brief(span.name(), LONGEST)
                    .raw("</span></button>");
        }
        html.raw("<details class=\"span").raw(span.failed() ? " failed" : "").raw("\" id=\"");
        html.text(Ids.hex(span.spanId())).raw(span.spanId() == opened ? "\" open>" : "\">");
        html.raw("<summary><span class=\"what d");
        html.text(indent).raw("\"><i class=\"c").text(colour(span)).raw("\"></i><b>");
        html.brief(span.name().isEmpty() ? "(no name)" : span.name(), LONGEST).raw("</b> <small>");
        html.brief(span.origin().service(), LONGEST).raw("</small>");
        if (span.failed()) {
            html.raw(" <span class=\"tag bad\">error</span>");
        }
        if (row.orphan()) {
            html.raw(" <span class=\"tag\">parent not received</span>");
        }
        if (!its.isEmpty()) {
            html.raw(" <span class=\"tag\">").text(its.size()).raw(its.size() == 1 ? " log</span>" : " logs</span>");
        }
        html.raw("</span><span class=\"took\">")
                .text(Durations.show(span.durationNanos()))
                .raw("</span>");
        bar(row.span());
        html.raw("</summary><div class=\"inside\">");
        inside(row.span(), its);
        html.raw("</div></details></div>");
    }

    private void bar(SpanView view) {
        StoredSpan span = view.item();
        html.raw("<svg class=\"bar\" aria-hidden=\"true\"><rect class=\"c")
                .text(colour(span))
                .raw("\" y=\"25%\" height=\"50%\" x=\"");
        html.text(percent(span.startNanos()))
                .raw("%\" width=\"")
                .text(share(span.durationNanos()))
                .raw("%\"/>");
        view.span().getEventsList().stream()
                .limit(MOST_EVENTS)
                .forEach(event -> html.raw("<line y1=\"10%\" y2=\"90%\" x1=\"")
                        .text(percent(event.getTimeUnixNano()))
                        .raw("%\" x2=\"")
                        .text(percent(event.getTimeUnixNano()))
                        .raw("%\"/>"));
        html.raw("</svg>");
    }

    private void inside(SpanView view, List<LogView> its) {
        StoredSpan stored = view.item();
        Span span = view.span();
        html.raw("<dl>");
        AttributeTable.entry(html, "span", Ids.hex(stored.spanId()));
        AttributeTable.entry(
                html, "parent", stored.parentSpanId() == Ids.NONE ? "none" : Ids.hex(stored.parentSpanId()));
        AttributeTable.entry(html, "kind", Criteria.name(Criteria.KINDS, stored.kind()));
        String message = span.getStatus().getMessage();
        AttributeTable.entry(
                html,
                "status",
                Criteria.name(Criteria.STATUSES, stored.status()) + (message.isEmpty() ? "" : ": " + message));
        AttributeTable.entry(
                html, "begins after", Durations.show(Math.max(0, stored.startNanos() - trace.startNanos())));
        html.raw("</dl>");
        AttributeTable.write(html, "Attributes", span.getAttributesList());
        span.getEventsList().stream().limit(MOST_EVENTS).forEach(event -> {
            html.raw("<h3>Event at ");
            html.text(Durations.show(Math.max(0, event.getTimeUnixNano() - stored.startNanos())))
                    .raw(": ");
            html.brief(event.getName(), LONGEST).raw("</h3><dl>");
            event.getAttributesList()
                    .forEach(a -> AttributeTable.entry(html, a.getKey(), Attributes.text(a.getValue())));
            html.raw("</dl>");
        });
        links(span);
        logs(stored, its);
        AttributeTable.origin(html, stored.origin());
    }

    private void links(Span span) {
        if (span.getLinksCount() == 0) {
            return;
        }
        html.raw("<h3>Links</h3><ul>");
        for (Span.Link link : span.getLinksList()) {
            String traceId = HexFormat.of().formatHex(link.getTraceId().toByteArray());
            String spanId = HexFormat.of().formatHex(link.getSpanId().toByteArray());
            html.raw("<li><a href=\"/traces/")
                    .text(traceId)
                    .raw("#")
                    .text(spanId)
                    .raw("\">span ");
            html.text(spanId).raw(" of trace ").text(traceId).raw("</a>");
        }
        html.raw("</ul>");
    }

    private void logs(StoredSpan span, List<LogView> its) {
        if (its.isEmpty()) {
            return;
        }
        html.raw("<h3>Logs</h3><ul class=\"loglines\">");
        its.stream().limit(MOST_LOGS).forEach(log -> {
            html.raw("<li>");
            Layout.severity(html, log.item());
            html.raw(" ").brief(log.body(), LONGEST);
        });
        html.raw("</ul><p><a href=\"/logs?trace_id=").text(span.traceId()).raw("&amp;span_id=");
        html.text(Ids.hex(span.spanId())).raw("\">All logs of this span</a></p>");
    }

    private int colour(StoredSpan span) {
        return trace.services().indexOf(span.origin().service()) % Layout.COLOURS;
    }

    private String percent(long nanos) {
        return share(Math.max(0, nanos - trace.startNanos()));
    }

    private String share(long nanos) {
        double share = trace.durationNanos() == 0 ? 0 : 100.0 * nanos / trace.durationNanos();
        return String.format(Locale.ROOT, "%.3f", Math.min(100, share));
    }
}
