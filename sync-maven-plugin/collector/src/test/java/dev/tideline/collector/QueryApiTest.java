package dev.tideline.collector;

import static dev.tideline.collector.CollectorClient.PROTOBUF;
import static dev.tideline.collector.CollectorClient.json;
import static dev.tideline.collector.SampleTelemetry.START;
import static dev.tideline.collector.SampleTelemetry.attribute;
import static dev.tideline.collector.SampleTelemetry.hex;
import static dev.tideline.collector.SampleTelemetry.span;
import static dev.tideline.collector.SampleTelemetry.traces;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searching through the query API. */
class QueryApiTest {

    private static final String OTHER = "0af7651916cd43dd8448eb211c80319c";

    private static Collector collector;
    private static CollectorClient client;

    @BeforeAll
    static void start() {
        collector = Collector.start(CollectorConfig.DEFAULT);
        client = new CollectorClient(collector);
        client.post(
                "/v1/traces",
                PROTOBUF,
                traces(
                        "shop",
                        span("POST /orders")
                                .setEndTimeUnixNano(START + 900_000_000)
                                .addAttributes(attribute("http.route", "/orders"))
                                .addAttributes(number("http.response.status_code", 500))
                                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR)),
                        span(SampleTelemetry.TRACE, "00f067aa0ba902b7", "charge card")
                                .setParentSpanId(hex("eee19b7ec3c1b174"))
                                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)));
        client.post(
                "/v1/traces",
                PROTOBUF,
                traces(
                        "billing",
                        span(OTHER, "b7ad6b7169203331", "nightly run")
                                .setParentSpanId(hex("b7ad6b7169203332"))
                                .addAttributes(attribute("a+b", "c d"))));
        client.post(
                "/v1/metrics",
                PROTOBUF,
                SampleTelemetry.metrics(
                        "shop",
                        Metric.newBuilder()
                                .setName("queue.depth")
                                .setGauge(Gauge.newBuilder()
                                        .addDataPoints(NumberDataPoint.newBuilder()
                                                .setAsInt(3)
                                                .addAttributes(attribute("queue", "mail")))
                                        .addDataPoints(NumberDataPoint.newBuilder()
                                                .setAsInt(4)
                                                .addAttributes(attribute("queue", "sms"))))));
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', POST /orders;charge card;nightly run",
        "service=shop, POST /orders;charge card",
        "name=charge%20card, charge card",
        "name=charge+card, charge card",
        "name=charge, ''",
        "name_contains=CARD, charge card",
        "trace_id=5B8EFFF798038103D269B633813FC60C, POST /orders;charge card",
        "span_id=00F067AA0BA902B7, charge card",
        "parent_span_id=eee19b7ec3c1b174, charge card",
        "kind=client, charge card",
        "status=error, POST /orders",
        "min_duration=800ms, POST /orders",
        "max_duration=PT0.005S, charge card;nightly run",
        "min_duration=4ms&max_duration=6ms&service=billing, nightly run",
        "attribute=http.response.status_code%3D500, POST /orders",
        "attribute=http.response.status_code=404, ''",
        "attribute=http.route, POST /orders",
        "attribute=http.route&attribute=http.response.status_code=500, POST /orders",
        "attribute=service.name=billing, nightly run",
        "attribute=a%2Bb%3Dc%20d, nightly run",
        "after=2, nightly run",
        "limit=1, POST /orders",
    })
    void spansAreFoundBy(String query, String names) {
        JsonNode found = client.get("/api/v1/spans?" + query);
        String joined = "";
        for (JsonNode span : found.get("spans")) {
            joined += (joined.isEmpty() ? "" : ";") + span.get("name").asText();
        }
        assertThat(joined).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "servce=shop | unknown parameter servce; known are after, attribute, kind, limit, max_duration,"
                        + " min_duration, name, name_contains, parent_span_id, service, span_id, status, trace_id",
                "trace_id=12 | trace_id=12: a trace id has 32 hex digits, not 2",
                "span_id=zzzzzzzzzzzzzzzz | span_id=zzzzzzzzzzzzzzzz: not a hexadecimal digit: \"z\" = 122",
                "min_duration=5 | min_duration=5 is no duration; write 250ms, 1.5s, 2m or PT2S",
                "status=bad | status=bad must be one of unset, ok, error",
                "limit=1001 | limit=1001 must be a whole number from 0 to 1000",
                "name=a&name=b | name is given 2 times; once is allowed",
            })
    void aQueryThatCannotBeMeantIsRefused(String query, String message) {
        var answer = client.page("GET", "/api/v1/spans?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).get("detail").asText()).isEqualTo(message);
    }

    @Test
    void tracesAreSummedUpNewestFirst() {
        JsonNode traces = client.get("/api/v1/traces").get("traces");
        assertThat(traces).hasSize(2);
        assertThat(traces.get(0).get("root_received").asBoolean()).isFalse();
        assertThat(traces.get(1)).isEqualTo(json("""
                        {"trace_id": "5b8efff798038103d269b633813fc60c", "name": "POST /orders", "service": "shop",
                         "root_received": true, "spans": 2, "errors": 1, "services": ["shop"],
                         "start": "2023-11-14T22:13:20Z", "duration_ns": 900000000}
                        """));
        assertThat(client.get("/api/v1/traces?min_duration=2s").get("traces")).isEmpty();
    }

    @Test
    void aTraceIsGivenWholeOrNotFound() {
        assertThat(client.get("/api/v1/traces/" + SampleTelemetry.TRACE).get("spans"))
                .hasSize(2);
        assertThat(client.get("/api/v1/traces/" + "1".repeat(32)).get("detail").asText())
                .isEqualTo("no span and no log record of trace " + "1".repeat(32) + " is held");
        assertThat(client.get("/api/v1/traces/12").get("status").asInt()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "name=queue.depth, 1",
        "type=gauge, 1",
        "type=sum, 0",
        "attribute=queue=sms, 1",
        "attribute=queue=fax, 0",
        "service=shop, 1"
    })
    void metricsAreFoundBy(String query, int count) {
        JsonNode metrics = client.get("/api/v1/metrics?" + query).get("metrics");
        assertThat(metrics).hasSize(count);
        if (count == 1) {
            assertThat(metrics.get(0).get("points").get(1).get("value").asInt()).isEqualTo(4);
        }
    }

    private static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }
}
