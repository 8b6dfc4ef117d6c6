package dev.tideline.collector;

import static dev.tideline.collector.CollectorClient.JSON;
import static dev.tideline.collector.CollectorClient.PROTOBUF;
import static dev.tideline.collector.CollectorClient.json;
import static dev.tideline.collector.SampleTelemetry.attribute;
import static dev.tideline.collector.SampleTelemetry.hex;
import static dev.tideline.collector.SampleTelemetry.logs;
import static dev.tideline.collector.SampleTelemetry.metrics;
import static dev.tideline.collector.SampleTelemetry.span;
import static dev.tideline.collector.SampleTelemetry.traces;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One request in both encodings gives the same telemetry, with the exceptions that OTLP makes to proto3's JSON. */
class EncodingsTest {

    private final Collector collector = Collector.start(CollectorConfig.DEFAULT);
    private final CollectorClient client = new CollectorClient(collector);

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void aSpanIsTheSameFromJsonAndFromProtobuf() {
        KeyValue nested = KeyValue.newBuilder()
                .setKey("nested")
                .setValue(AnyValue.newBuilder()
                        .setKvlistValue(KeyValueList.newBuilder()
                                .addValues(KeyValue.newBuilder()
                                        .setKey("list")
                                        .setValue(AnyValue.newBuilder()
                                                .setArrayValue(ArrayValue.newBuilder()
                                                        .addValues(AnyValue.newBuilder()
                                                                .setIntValue(Long.MIN_VALUE))
                                                        .addValues(AnyValue.newBuilder()
                                                                .setDoubleValue(1.5))
                                                        .addValues(AnyValue.newBuilder()
                                                                .setBoolValue(true))
                                                        .addValues(AnyValue.newBuilder()
                                                                .setBytesValue(ByteString.copyFrom(
                                                                        new byte[] {(byte) 0xfb, (byte) 0xff}))))))))
                .build();
        byte[] protobuf = traces(
                "both",
                span("GET /ünï/😀")
                        .setParentSpanId(hex("00f067aa0ba902b7"))
                        .setTraceState("a=b")
                        .addAttributes(attribute("http.route", "/x"))
                        .addAttributes(nested)
                        .addEvents(Span.Event.newBuilder().setName("retry").setTimeUnixNano(SampleTelemetry.START + 1))
                        .addLinks(Span.Link.newBuilder()
                                .setTraceId(hex(SampleTelemetry.TRACE))
                                .setSpanId(hex("00f067aa0ba902b7")))
                        .setDroppedAttributesCount(3)
                        .setStatus(Status.newBuilder()
                                .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                                .setMessage("no")));
        String json = """
                {"resourceSpans": [{
                  "scopeSpans": [{
                    "spans": [{
                      "traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "EEE19B7EC3C1B174",
                      "parentSpanId": "00f067aa0ba902b7", "traceState": "a=b",
                      "name": "GET /\\u00fcnï/\\ud83d\\ude00", "kind": 2,
                      "startTimeUnixNano": "1700000000000000000", "endTimeUnixNano": 1700000000005000000,
                      "attributes": [
                        {"key": "http.route", "value": {"stringValue": "/x"}},
                        {"key": "nested", "value": {"kvlistValue": {"values": [{"key": "list", "value": {"arrayValue":
                          {"values": [{"intValue": "-9223372036854775808"}, {"doubleValue": 1.5}, {"boolValue": true},
                                      {"bytesValue": "+/8="}]}}}]}}}],
                      "events": [{"name": "retry", "timeUnixNano": "1700000000000000001"}],
                      "links": [{"traceId": "5b8efff798038103d269b633813fc60c", "spanId": "00f067aa0ba902b7"}],
                      "droppedAttributesCount": 3, "droppedEventsCount": null,
                      "status": {"code": 2, "message": "no", "newField": {"deep": [1]}},
                      "fieldOfTheFuture": [[{}], 1e999]
                    }],
                    "scope": {"name": "tests"}, "schemaUrl": "https://example.com"
                  }],
                  "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "both"}}]}
                }], "another": 1}
                """;
        assertSame("/v1/traces", protobuf, json, "spans");
    }

    @Test
    void aLogRecordIsTheSameFromJsonAndFromProtobuf() {
        byte[] protobuf = logs(
                "both",
                LogRecord.newBuilder()
                        .setObservedTimeUnixNano(SampleTelemetry.START)
                        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN2)
                        .setSeverityText("WARN")
                        .setEventName("event")
                        .setBody(AnyValue.newBuilder().setStringValue("hello"))
                        .setFlags(1)
                        .setTraceId(hex(SampleTelemetry.TRACE))
                        .setSpanId(hex("00f067aa0ba902b7")));
        String json = """
                {"resourceLogs": [{"resource": {"attributes": [
                   {"key": "service.name", "value": {"stringValue": "both"}}]},
                 "scopeLogs": [{"logRecords": [{"observedTimeUnixNano": "1700000000000000000", "severityNumber": 14,
                   "severityText": "WARN", "eventName": "event", "body": {"stringValue": "hello"}, "flags": 1,
                   "traceId": "5b8efff798038103d269b633813fc60c", "spanId": "00f067aa0ba902b7"}]}]}]}
                """;
        assertSame("/v1/logs", protobuf, json, "logs");
    }

    @Test
    void metricsAreTheSameFromJsonAndFromProtobuf() {
        byte[] protobuf = metrics(
                "both",
                Metric.newBuilder()
                        .setName("sum")
                        .setUnit("1")
                        .setSum(Sum.newBuilder()
                                .setIsMonotonic(true)
                                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                                .addDataPoints(NumberDataPoint.newBuilder()
                                        .setTimeUnixNano(SampleTelemetry.START)
                                        .setAsInt(-7)
                                        .addAttributes(attribute("a", "b")))
                                .addDataPoints(NumberDataPoint.newBuilder().setAsDouble(Double.NaN))),
                Metric.newBuilder()
                        .setName("histogram")
                        .setHistogram(Histogram.newBuilder()
                                .addDataPoints(HistogramDataPoint.newBuilder()
                                        .setCount(3)
                                        .setSum(2.5)
                                        .setMax(Double.POSITIVE_INFINITY)
                                        .addAllBucketCounts(List.of(1L, 2L))
                                        .addAllExplicitBounds(List.of(1e-3)))));
        String json = """
                {"resourceMetrics": [{"resource": {"attributes": [
                   {"key": "service.name", "value": {"stringValue": "both"}}]},
                 "scopeMetrics": [{"metrics": [
                   {"name": "sum", "unit": "1", "sum": {"isMonotonic": true, "aggregationTemporality": 2, "dataPoints": [
                      {"timeUnixNano": "1700000000000000000", "asInt": "-7",
                       "attributes": [{"key": "a", "value": {"stringValue": "b"}}]},
                      {"asDouble": "NaN"}]}},
                   {"name": "histogram", "histogram": {"dataPoints": [
                      {"count": "3", "sum": 2.5, "max": "Infinity", "bucketCounts": ["1", 2],
                       "explicitBounds": [1e-3]}]}}
                 ]}]}]}
                """;
        assertSame("/v1/metrics", protobuf, json, "metrics");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"kind\": \"SPAN_KIND_SERVER\"     | kind              | the enum's number is expected, not a string",
                "\"traceId\": \"W47/95gDgQPSabYz\"  | traceId           | not an even number of hex digits",
                "\"startTimeUnixNano\": \"1.5\"     | startTimeUnixNano | an integer is expected, not a fraction",
                "\"startTimeUnixNano\": -1          | startTimeUnixNano | the number is out of range",
                "\"startTimeUnixNano\": 1e999999999 | startTimeUnixNano | the number is out of range",
                "\"startTimeUnixNano\": \"ten\"     | startTimeUnixNano | an integer is expected, not another string",
                "\"droppedLinksCount\": 4294967296  | droppedLinksCount | the number is out of range",
                "\"attributes\": [null]             | attributes/0      | an object is expected, not null",
                "\"status\": []                     | status            | an object is expected, not an array",
            })
    void whatOtlpsJsonDoesNotAllowIs400AndNamed(String field, String path, String message) {
        HttpResponse<byte[]> answer = client.post(
                "/v1/traces",
                JSON,
                ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{" + field + "}]}]}]}").getBytes());
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode violation =
                json(answer).get("details").get(0).get("fieldViolations").get(0);
        assertThat(violation.get("field").asText()).isEqualTo("/resourceSpans/0/scopeSpans/0/spans/0/" + path);
        assertThat(violation.get("description").asText()).isEqualTo(message);
    }

    @Test
    void namesThatOtlpDoesNotUseAreToldWithWhatIsLost() {
        assertThat(partialSuccess("/v1/traces", "{\"resource_spans\":[{\"scope_spans\":[{\"spans\":[{},{}]}]}]}"))
                .isEqualTo(
                        json("{\"rejectedSpans\":\"2\",\"errorMessage\":\"rejected: 2 spans ('resource_spans' is called"
                                + " 'resourceSpans')\"}"));
        assertThat(partialSuccess(
                        "/v1/traces",
                        "{\"resourceSpans\":[{\"instrumentationLibrarySpans\":[{\"spans\":[{\"name\":\"old\"}]}]}]}"))
                .isEqualTo(json("{\"rejectedSpans\":\"1\",\"errorMessage\":\"rejected: 1 span"
                        + " ('instrumentationLibrarySpans' is called 'scopeSpans')\"}"));
        assertThat(
                        partialSuccess(
                                "/v1/metrics",
                                "{\"resourceMetrics\":[{\"scope_metrics\":[{\"metrics\":[{\"gauge\":{\"data_points\":[{},{},{}]}}]}]}]}"))
                .isEqualTo(json(
                        "{\"rejectedDataPoints\":\"3\",\"errorMessage\":\"rejected: 3 data points ('scope_metrics' is"
                                + " called 'scopeMetrics')\"}"));
        assertThat(partialSuccess("/v1/logs", "{\"resourceLogs\":[{\"scopeLogs\":[{\"logs\":[{}]}]}]}"))
                .isEqualTo(
                        json("{\"rejectedLogRecords\":\"1\",\"errorMessage\":\"rejected: 1 log record ('logs' is called"
                                + " 'logRecords')\"}"));
    }

    @Test
    void aRequestOfAnotherSignalOrProtocolIsToldWhereItBelongs() {
        assertThat(partialSuccess("/v1/traces", "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{}]}]}]}"))
                .isEqualTo(json("{\"rejectedSpans\":\"0\",\"errorMessage\":\"ignored: 'resourceMetrics' belongs to"
                        + " /v1/metrics\"}"));
        assertThat(partialSuccess("/v1/logs", "{\"resource_spans\":[],\"resourceLogs\":[]}"))
                .isEqualTo(json("{\"rejectedLogRecords\":\"0\",\"errorMessage\":\"ignored: 'resource_spans' belongs to"
                        + " /v1/traces\"}"));
        assertThat(partialSuccess("/v1/traces", "{\"data\":[{\"traceID\":\"1\",\"spans\":[]}]}"))
                .isEqualTo(json("{\"rejectedSpans\":\"0\",\"errorMessage\":\"ignored: 'data' is no field of OTLP, whose"
                        + " requests have 'resourceSpans'\"}"));
    }

    @Test
    void anItemWhoseFieldsHaveOtherNamesIsTakenWithAHint() {
        assertThat(partialSuccess(
                        "/v1/logs",
                        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"string_value\":\"a\"},"
                                + "\"time_unix_nano\":\"1\"}]}]}]}"))
                .isEqualTo(json("{\"rejectedLogRecords\":\"0\",\"errorMessage\":\"ignored: 'string_value' is called"
                        + " 'stringValue', 'time_unix_nano' is called 'timeUnixNano'\"}"));
        assertThat(client.get("/api/v1/logs").get("logs")).hasSize(1);
    }

    @Test
    void protobufOfAnOlderReleaseIsToldToo() throws Exception {
        ByteString scope = ScopeSpans.newBuilder().addSpans(span("old")).build().toByteString();
        byte[] request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setUnknownFields(UnknownFieldSet.newBuilder()
                                .addField(
                                        1000,
                                        UnknownFieldSet.Field.newBuilder()
                                                .addLengthDelimited(scope)
                                                .build())
                                .build()))
                .build()
                .toByteArray();
        assertThat(ExportTraceServiceResponse.parseFrom(
                                client.post("/v1/traces", PROTOBUF, request).body())
                        .getPartialSuccess()
                        .getErrorMessage())
                .isEqualTo("rejected: 1 span ('instrumentation_library_spans' is called 'scope_spans')");
    }

    private JsonNode partialSuccess(String path, String request) {
        HttpResponse<byte[]> answer = client.post(path, JSON, request.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer).get("partialSuccess");
    }

    private void assertSame(String path, byte[] protobuf, String json, String plural) {
        assertThat(client.post(path, PROTOBUF, protobuf).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> answer = client.post(path, JSON, json.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(CollectorClient.text(answer)).isEqualTo(200);
        List<JsonNode> items = new ArrayList<>();
        client.get("/api/v1/" + plural + "?service=both").get(plural).forEach(item -> {
            JsonNode copy = ((ObjectNode) item).without("sequence");
            // The JSON samples leave the scope out where it says nothing; both then read as an empty one.
            items.add(copy);
        });
        assertThat(items).hasSizeGreaterThan(1);
        int half = items.size() / 2;
        assertThat(items.subList(half, items.size())).isEqualTo(items.subList(0, half));
    }
}
