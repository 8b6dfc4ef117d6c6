package dev.tideline.collector;

import static dev.tideline.collector.CollectorClient.JSON;
import static dev.tideline.collector.CollectorClient.PROTOBUF;
import static dev.tideline.collector.CollectorClient.gzip;
import static dev.tideline.collector.CollectorClient.json;
import static dev.tideline.collector.CollectorClient.text;
import static dev.tideline.collector.SampleTelemetry.span;
import static dev.tideline.collector.SampleTelemetry.traces;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import com.google.rpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The statuses and bodies of the OTLP specification, 1.10, OTLP/HTTP response. */
class OtlpStatusesTest {

    private static Collector collector;
    private static CollectorClient client;

    @BeforeAll
    static void start() {
        collector = Collector.start(CollectorConfig.DEFAULT);
        client = new CollectorClient(collector);
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/traces", "/v1/metrics", "/v1/logs"})
    void anEmptyProtobufRequestIsASuccessWithoutPartialSuccess(String path) throws Exception {
        HttpResponse<byte[]> answer = client.post(path, PROTOBUF, new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly(PROTOBUF);
        boolean partial = switch (path) {
            case "/v1/traces" ->
                ExportTraceServiceResponse.parseFrom(answer.body()).hasPartialSuccess();
            case "/v1/metrics" ->
                ExportMetricsServiceResponse.parseFrom(answer.body()).hasPartialSuccess();
            default -> ExportLogsServiceResponse.parseFrom(answer.body()).hasPartialSuccess();
        };
        assertThat(partial).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/traces", "/v1/metrics", "/v1/logs"})
    void anEmptyJsonRequestIsASuccess(String path) {
        HttpResponse<byte[]> answer = client.post(path, "application/json; charset=UTF-8", "{}".getBytes());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly(JSON);
        assertThat(text(answer)).isEqualTo("{}");
    }

    @Test
    void malformedProtobufIs400WithAStatusThatCarriesABadRequest() throws Exception {
        HttpResponse<byte[]> answer = client.post("/v1/traces", PROTOBUF, new byte[] {0x0a, 0x7f, 1});
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly(PROTOBUF);
        Status status = Status.parseFrom(answer.body());
        assertThat(status.getCode()).isEqualTo(3);
        assertThat(status.getMessage()).startsWith("not a protobuf message of this kind: ");
        BadRequest details = status.getDetails(0).unpack(BadRequest.class);
        assertThat(details.getFieldViolations(0).getDescription()).isEqualTo(status.getMessage());
    }

    @Test
    void malformedJsonIs400AndSaysWhere() {
        HttpResponse<byte[]> answer = client.post(
                "/v1/traces", JSON, "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":7}]}]}]}".getBytes());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer)).isEqualTo(json("""
                        {"code": 3, "message": "a string is expected, not a number", "details": [{
                            "@type": "type.googleapis.com/google.rpc.BadRequest",
                            "fieldViolations": [{
                                "field": "/resourceSpans/0/scopeSpans/0/spans/0/name",
                                "description": "a string is expected, not a number"}]}]}
                        """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                   | the body is empty; an empty request is {}",
                "[]                                   | an object is expected, not an array",
                "{} {}                                | there is more after the end of the JSON object",
                "{\"resourceSpans\": {}}              | an array is expected, not an object",
            })
    void whatIsNoJsonRequestIsNamed(String body, String message) {
        HttpResponse<byte[]> answer = client.post("/v1/traces", JSON, body.getBytes());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("message").asText()).isEqualTo(message);
    }

    @Test
    void jsonThatIsCutShortIs400() {
        HttpResponse<byte[]> answer = client.post("/v1/logs", JSON, "{\"resourceLogs\":[".getBytes());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("message").asText()).startsWith("not JSON: Unexpected end-of-input");
    }

    @Test
    void protobufThatEndsWithinASpanIs400AndLeavesNothingBehind() {
        byte[] whole = traces("cut", span("kept-by-nobody"), span("cut"));
        long before = collector.store().spans().holdings().received();
        for (int length = 1; length < whole.length; length++) {
            HttpResponse<byte[]> answer = client.post("/v1/traces", PROTOBUF, Arrays.copyOf(whole, length));
            assertThat(answer.statusCode()).as("cut at %d", length).isEqualTo(400);
        }
        assertThat(client.get("/api/v1/spans?service=cut").get("spans")).isEmpty();
        assertThat(collector.store().spans().holdings().received()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void aContentTypeThatIsNotOtlpsIs415() {
        for (String type : new String[] {"text/plain", "application/json; charset=utf-16", null}) {
            HttpResponse<byte[]> answer = client.post("/v1/traces", type, "{}".getBytes());
            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(json(answer).get("message").asText())
                    .isEqualTo("Content-Type must be application/x-protobuf or application/json in UTF-8, not "
                            + (type == null ? "absent" : type));
        }
    }

    @Test
    void gzipIsRead() {
        HttpResponse<byte[]> answer =
                client.post("/v1/traces", PROTOBUF, gzip(traces("zipped", span("zipped"))), "Content-Encoding", "gzip");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(client.get("/api/v1/spans?service=zipped").get("spans")).hasSize(1);
    }

    @Test
    void gzipThatIsNotOrIsCutShortIs400() throws Exception {
        byte[] zipped = gzip(traces("a", span("a")));
        for (byte[] body : new byte[][] {"plain".getBytes(), Arrays.copyOf(zipped, zipped.length - 9), {}}) {
            HttpResponse<byte[]> answer = client.post("/v1/traces", PROTOBUF, body, "Content-Encoding", "gzip");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Status.parseFrom(answer.body()).getMessage()).startsWith("not gzip, or cut short");
        }
    }

    @Test
    void anotherContentEncodingIs415AndNamesThoseThatAreTaken() {
        HttpResponse<byte[]> answer = client.post("/v1/traces", JSON, "{}".getBytes(), "Content-Encoding", "zstd");
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.headers().firstValue("Accept-Encoding")).contains("gzip, identity");
        assertThat(json(answer).get("message").asText())
                .isEqualTo("Content-Encoding must be gzip or identity, not zstd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "BREW"})
    void aMethodOtherThanPostIs405(String method) {
        HttpResponse<byte[]> answer = client.otlp(method, "/v1/logs");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST, OPTIONS");
        assertThat(json(answer).get("message").asText()).isEqualTo("/v1/logs takes POST, not " + method);
    }

    @Test
    void anUnknownPathIs404AndNamesTheKnownOnes() {
        HttpResponse<byte[]> answer = client.post("/v1/trace", PROTOBUF, new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains(
                        "nothing is at /v1/trace; this OTLP receiver takes /v1/traces, /v1/metrics, /v1/logs, and OTLP/gRPC");
    }

    @Test
    void invalidSpansAreRejectedAloneAndCounted() throws Exception {
        byte[] body = traces(
                "partly",
                span("good"),
                span("no-trace").setTraceId(ByteString.EMPTY),
                span("zero").setTraceId(ByteString.copyFrom(new byte[16])),
                span("short").setSpanId(ByteString.copyFrom(new byte[] {1})));
        HttpResponse<byte[]> answer = client.post("/v1/traces", PROTOBUF, body);
        assertThat(answer.statusCode()).isEqualTo(200);
        var partial = ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(partial.getRejectedSpans()).isEqualTo(3);
        assertThat(partial.getErrorMessage())
                .isEqualTo("rejected: 1 span (span_id is not 8 bytes that are not all zero),"
                        + " 2 spans (trace_id is not 16 bytes that are not all zero)");
        assertThat(client.get("/api/v1/spans?service=partly").get("spans")).hasSize(1);
    }

    @Test
    void theEncodingOfAPartialSuccessIsTheRequests() {
        HttpResponse<byte[]> answer =
                client.post("/v1/traces", JSON, "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}]}]}]}".getBytes());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).isEqualTo(json("""
                        {"partialSuccess": {"rejectedSpans": "1",
                         "errorMessage": "rejected: 1 span (trace_id is not 16 bytes that are not all zero)"}}
                        """));
    }
}
