package dev.tideline.collector.web;

import dev.tideline.collector.query.Criteria;
import dev.tideline.collector.store.Holdings;
import dev.tideline.collector.store.StoredLog;
import dev.tideline.web.Html;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What all pages share. */
final class Layout {

    /** How many colours the style sheet has for services. */
    static final int COLOURS = 8;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);

    private Layout() {}

    /**
     * @param current path of the list that is shown; empty if there is none
     */
    static Html begin(Request request, String title, String current, String script) {
        Html html = request.face().begin(title, "/assets/collector.css", script);
        html.raw("<main id=\"content\"><nav class=\"signals\" aria-label=\"Signals\">");
        link(html, "/", "Traces", current);
        link(html, "/logs", "Logs", current);
        link(html, "/metrics", "Metrics", current);
        return html.raw("</nav>");
    }

    static String end(Html html) {
        return html.raw("</main></body></html>").toString();
    }

    static void error(Html html, String message) {
        html.raw("<p class=\"trouble\" role=\"alert\">").text(message).raw("</p>");
    }

    /** The text for an empty list: nothing was received, or nothing matches. */
    static void nothing(Html html, String plural, Holdings holdings, String tracesUrl) {
        if (holdings.items() > 0) {
            html.raw("<p class=\"empty\">None of the ")
                    .text(holdings.items())
                    .raw(" ")
                    .text(plural);
            html.raw(" held here fits this search.</p>");
            return;
        }
        html.raw("<div class=\"empty\"><p>No ").text(plural).raw(" yet. Point an exporter here:</p><pre>");
        html.text("OTEL_EXPORTER_OTLP_ENDPOINT=" + tracesUrl.replace("/v1/traces", "")
                + "\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        html.raw("</pre></div>");
    }

    static void held(Html html, Holdings holdings, String plural) {
        html.raw("<p class=\"held\">")
                .text(String.format("%,d", holdings.items()))
                .raw(" ")
                .text(plural);
        html.raw(" held, ").text(Units.show(holdings.bytes(), "By"));
        if (holdings.dropped() > 0) {
            html.raw("; ").text(String.format("%,d", holdings.dropped())).raw(" older ones dropped");
        }
        html.raw("</p>");
    }

    static void input(Html html, Request request, String name, String label, String hint) {
        html.raw("<label>").text(label).raw("<input name=\"").text(name).raw("\" value=\"");
        html.text(value(request, name)).raw("\" placeholder=\"").text(hint).raw("\"></label>");
    }

    static void choice(Html html, Request request, String name, String label, List<String> options) {
        String chosen = value(request, name);
        html.raw("<label>").text(label).raw("<select name=\"").text(name).raw("\"><option value=\"\">any</option>");
        for (String option : options) {
            html.raw("<option")
                    .raw(option.equals(chosen) ? " selected>" : ">")
                    .text(option)
                    .raw("</option>");
        }
        if (!chosen.isEmpty() && !options.contains(chosen)) {
            html.raw("<option selected>").text(chosen).raw("</option>");
        }
        html.raw("</select></label>");
    }

    static String value(Request request, String name) {
        List<String> values = request.query().getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static void time(Html html, long nanos) {
        if (nanos == 0) {
            html.raw("<span class=\"none\">no time</span>");
            return;
        }
        Instant instant = ValueJson.instant(nanos);
        html.raw("<time datetime=\"").text(instant).raw("\">");
        html.text(TIME.format(instant)).raw("</time>");
    }

    /** How long ago, if scripts run. */
    static void ago(Html html, long nanos) {
        Instant instant = ValueJson.instant(nanos);
        html.raw("<time data-ago datetime=\"").text(instant).raw("\">");
        html.text(TIME.format(instant)).raw("</time>");
    }

    static void severity(Html html, StoredLog log) {
        String severity = Criteria.severity(log);
        String grade =
                severity.equals("error") || severity.equals("fatal") ? " bad" : severity.equals("warn") ? " wait" : "";
        html.raw("<span class=\"tag").raw(grade).raw("\">").text(severity).raw("</span>");
    }

    private static void link(Html html, String href, String label, String current) {
        html.raw("<a href=\"").raw(href).raw("\"");
        html.raw(href.equals(current) ? " aria-current=\"page\">" : ">")
                .text(label)
                .raw("</a>");
    }
}
