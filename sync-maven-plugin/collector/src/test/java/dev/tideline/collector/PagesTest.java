package dev.tideline.collector;

import static dev.tideline.collector.CollectorClient.PROTOBUF;
import static dev.tideline.collector.CollectorClient.text;
import static dev.tideline.collector.SampleTelemetry.attribute;
import static dev.tideline.collector.SampleTelemetry.hex;
import static dev.tideline.collector.SampleTelemetry.span;
import static dev.tideline.collector.SampleTelemetry.traces;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pages, as far as they can be judged without a browser. */
class PagesTest {

    private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;";

    private final Collector collector = Collector.start(CollectorConfig.DEFAULT);
    private final CollectorClient client = new CollectorClient(collector);

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void whatWasSentOrAskedForIsEscapedEverywhere() {
        client.post(
                "/v1/traces",
                PROTOBUF,
                traces(
                        HOSTILE,
                        span(HOSTILE)
                                .addAttributes(attribute(HOSTILE, HOSTILE))
                                .addEvents(Span.Event.newBuilder()
                                        .setName(HOSTILE)
                                        .addAttributes(attribute(HOSTILE, HOSTILE)))
                                .addLinks(Span.Link.newBuilder()
                                        .setTraceId(hex(SampleTelemetry.TRACE))
                                        .setSpanId(hex("00f067aa0ba902b7")))
                                .setStatus(Status.newBuilder().setMessage(HOSTILE))));
        client.post(
                "/v1/logs",
                PROTOBUF,
                SampleTelemetry.logs(
                        HOSTILE,
                        LogRecord.newBuilder()
                                .setBody(AnyValue.newBuilder().setStringValue(HOSTILE))
                                .setTraceId(hex(SampleTelemetry.TRACE))
                                .setSpanId(hex("eee19b7ec3c1b174"))
                                .addAttributes(attribute(HOSTILE, HOSTILE))));
        client.post(
                "/v1/metrics",
                PROTOBUF,
                SampleTelemetry.metrics(
                        HOSTILE,
                        Metric.newBuilder()
                                .setName(HOSTILE)
                                .setUnit(HOSTILE)
                                .setDescription(HOSTILE)
                                .setGauge(Gauge.newBuilder()
                                        .addDataPoints(NumberDataPoint.newBuilder()
                                                .addAttributes(attribute(HOSTILE, HOSTILE))))));
        String asked = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
        for (String path : List.of(
                "/",
                "/?name_contains=" + asked,
                "/?service=" + asked,
                "/?status=" + asked,
                "/?" + asked + "=1",
                "/logs",
                "/logs?body_contains=" + asked,
                "/metrics",
                "/traces/" + SampleTelemetry.TRACE,
                "/traces/" + asked)) {
            String html = text(client.page("GET", path));
            assertThat(html)
                    .as(path)
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img")
                    .doesNotContain("'>");
        }
        assertThat(text(client.page("GET", "/traces/" + SampleTelemetry.TRACE)))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;");
    }

    @Test
    void noPageLoadsAnythingFromElsewhereAndThePolicyForbidsIt() {
        client.post("/v1/traces", PROTOBUF, traces("shop", span("a")));
        for (String path : List.of("/", "/logs", "/metrics", "/traces/" + SampleTelemetry.TRACE)) {
            HttpResponse<byte[]> page = client.page("GET", path);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .contains("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
                            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(text(page)).doesNotContain(" style=").doesNotContain(" onclick");
            // A port that happens to end in 07 is taken for that of a workspace, whose other pages are linked.
            assertThat(Pattern.compile("(?:src|href)=\"(?![/#]|http://127\\.0\\.0\\.1:\\d+/\")")
                            .matcher(text(page))
                            .find())
                    .as(path)
                    .isFalse();
        }
        assertThat(client.page("GET", "/assets/collector.css").headers().firstValue("Content-Type"))
                .contains("text/css; charset=utf-8");
        assertThat(text(client.page("GET", "/assets/collector.css")))
                .doesNotContain("url(")
                .doesNotContain("@import");
        assertThat(client.page("GET", "/assets/live.js").statusCode()).isEqualTo(200);
    }

    @Test
    void theWaterfallPlacesSpansInProportionAndLinksThemWithTheirLogs() {
        client.post(
                "/v1/traces",
                PROTOBUF,
                traces(
                        "shop",
                        span("root").setEndTimeUnixNano(SampleTelemetry.START + 1_000_000),
                        span(SampleTelemetry.TRACE, "00f067aa0ba902b7", "child")
                                .setParentSpanId(hex("eee19b7ec3c1b174"))
                                .setStartTimeUnixNano(SampleTelemetry.START + 250_000)
                                .setEndTimeUnixNano(SampleTelemetry.START + 750_000)));
        client.post(
                "/v1/logs",
                PROTOBUF,
                SampleTelemetry.logs(
                        "shop",
                        LogRecord.newBuilder()
                                .setSeverityNumberValue(9)
                                .setBody(AnyValue.newBuilder().setStringValue("inside the child"))
                                .setTraceId(hex(SampleTelemetry.TRACE))
                                .setSpanId(hex("00f067aa0ba902b7"))));
        String html = text(client.page("GET", "/traces/" + SampleTelemetry.TRACE + "?span=00f067aa0ba902b7"));
        assertThat(html)
                .contains("x=\"0.000%\" width=\"100.000%\"")
                .contains("x=\"25.000%\" width=\"50.000%\"")
                .contains("id=\"00f067aa0ba902b7\" open>")
                .contains("id=\"eee19b7ec3c1b174\">")
                .contains("inside the child")
                .contains("/logs?trace_id=" + SampleTelemetry.TRACE + "&amp;span_id=00f067aa0ba902b7");
        assertThat(text(client.page("GET", "/logs")))
                .contains("/traces/" + SampleTelemetry.TRACE + "?span=00f067aa0ba902b7#00f067aa0ba902b7");
    }

    @Test
    void searchingFindsOrSaysWhyNot() {
        assertThat(text(client.page("GET", "/"))).contains("OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.otlpUrl());
        client.post("/v1/traces", PROTOBUF, traces("shop", span("checkout")));
        assertThat(text(client.page("GET", "/?service=shop&name_contains=CHECK&min_duration=1ms&status=")))
                .contains("/traces/" + SampleTelemetry.TRACE);
        assertThat(text(client.page("GET", "/?name_contains=absent")))
                .contains("None of the 1 spans held here fits this search.");
        HttpResponse<byte[]> bad = client.page("GET", "/?min_duration=soon");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(text(bad)).contains("min_duration=soon is no duration; write 250ms, 1.5s, 2m or PT2S");
        assertThat(client.page("GET", "/traces/" + "1".repeat(32)).statusCode()).isEqualTo(404);
        assertThat(client.page("GET", "/nothing").statusCode()).isEqualTo(404);
        assertThat(client.page("POST", "/logs").statusCode()).isEqualTo(405);
        assertThat(text(client.page("GET", "/healthz"))).isEqualTo("{\"status\":\"up\"}");
    }
}
