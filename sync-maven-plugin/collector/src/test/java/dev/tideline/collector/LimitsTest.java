package dev.tideline.collector;

import static dev.tideline.collector.CollectorClient.JSON;
import static dev.tideline.collector.CollectorClient.PROTOBUF;
import static dev.tideline.collector.CollectorClient.gzip;
import static dev.tideline.collector.CollectorClient.json;
import static dev.tideline.collector.SampleTelemetry.attribute;
import static dev.tideline.collector.SampleTelemetry.metrics;
import static dev.tideline.collector.SampleTelemetry.span;
import static dev.tideline.collector.SampleTelemetry.traces;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.Status;
import dev.tideline.collector.store.Bounds;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Memory stays bounded, whatever is sent. */
class LimitsTest {

    private static final int BODY = 64 * 1024;
    private static final int ITEM = 4096;
    private static final int IN_FLIGHT = 34 * ITEM;

    private final Collector collector = Collector.start(CollectorConfig.DEFAULT.within(CollectorLimits.DEFAULT
            .requests(BODY, ITEM, IN_FLIGHT)
            .keeping(new Bounds(10, 1 << 20), new Bounds(10, 1 << 20), new Bounds(10, 1 << 20))));
    private final CollectorClient client = new CollectorClient(collector);

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void aBodyThatSaysItIsTooLargeIs413() throws Exception {
        HttpResponse<byte[]> answer = client.post("/v1/traces", PROTOBUF, new byte[BODY + 1]);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Status.parseFrom(answer.body()).getMessage())
                .isEqualTo("the body of 65537 bytes is larger than 65536; send smaller batches");
    }

    @Test
    void aMuchLargerBodyIsReadOverSoThatTheSenderSeesThe413() {
        HttpResponse<byte[]> answer = client.post("/v1/traces", JSON, new byte[20 << 20]);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).get("message").asText()).contains("is larger than 65536");
    }

    @Test
    void aMuchLargerBodyOfUnknownLengthIsReadOverToo() {
        HttpResponse<byte[]> answer =
                client.postChunked("/v1/traces", JSON, " ".repeat(20 << 20).getBytes());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).get("message").asText())
                .isEqualTo("the body is larger than 65536 bytes after decompression; send smaller batches");
    }

    @Test
    void aBodyOfManyMegabytesIsTakenWhereTheLimitsLetItIn() {
        byte[] body = ("{}" + " ".repeat((20 << 20) - 2)).getBytes();
        try (Collector roomy = Collector.start(CollectorConfig.DEFAULT)) {
            CollectorClient sender = new CollectorClient(roomy);
            assertThat(sender.post("/v1/traces", JSON, body).statusCode()).isEqualTo(200);
            assertThat(sender.postChunked("/v1/traces", JSON, body).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToSendOrRefusedBeforeItDoes() {
        String head = "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nExpect: 100-continue\r\nContent-Length: ";
        assertThat(CollectorClient.raw(collector.otlpPort(), head + "2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
        assertThat(CollectorClient.raw(collector.otlpPort(), head + (BODY + 1) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aDecompressionBombIs413AtItsFirstExcess() {
        byte[] bomb = gzip((" ".repeat(30 << 20)).getBytes());
        assertThat(bomb.length).isLessThan(BODY);
        HttpResponse<byte[]> answer = client.post("/v1/traces", JSON, bomb, "Content-Encoding", "gzip");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).get("message").asText())
                .isEqualTo("the body is larger than 65536 bytes after decompression; send smaller batches");
    }

    @Test
    void aSingleItemThatIsTooLargeIsRejectedAlone() {
        byte[] body = traces("big", span("small"), span("large").addAttributes(attribute("text", "x".repeat(ITEM))));
        HttpResponse<byte[]> answer = client.post("/v1/traces", PROTOBUF, body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("rejected: 1 span (larger than 4096 bytes)");
        assertThat(client.get("/api/v1/spans?service=big").get("spans").findValuesAsText("parent_span_id"))
                .hasSize(1);
    }

    @Test
    void aSingleAttributeThatIsTooLargeHasTheSameOutcomeInBothEncodings() {
        String large = "\\u00e9é".repeat(3_000);
        HttpResponse<byte[]> answer = client.post(
                "/v1/traces",
                JSON,
                ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + jsonSpan("before", "x") + ","
                                + jsonSpan("large", large) + "," + jsonSpan("after", "ü\\n") + "]}]}]}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(json(answer).get("partialSuccess"))
                .isEqualTo(json(
                        "{\"rejectedSpans\":\"1\",\"errorMessage\":\"rejected: 1 span (larger than 4096 bytes)\"}"));
        assertThat(client.get("/api/v1/spans").get("spans").findValuesAsText("name"))
                .filteredOn(name -> !name.isEmpty())
                .containsExactly("before", "after");
    }

    @Test
    void anAttributeJustBelowTheLimitIsTakenFromBothEncodingsHoweverItIsEscaped() {
        String escaped = "\\u0041".repeat(ITEM - 200);
        HttpResponse<byte[]> answer = client.post(
                "/v1/traces",
                JSON,
                ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + jsonSpan("fits", escaped) + "]}]}]}")
                        .getBytes());
        assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        assertThat(client.get("/api/v1/spans?name=fits")
                        .get("spans")
                        .get(0)
                        .get("attributes")
                        .get("text")
                        .asText())
                .isEqualTo("A".repeat(ITEM - 200));
    }

    private static String jsonSpan(String name, String attribute) {
        return "{\"traceId\":\"" + SampleTelemetry.TRACE + "\",\"spanId\":\"00f067aa0ba902b7\",\"name\":\"" + name
                + "\",\"attributes\":[{\"key\":\"text\",\"value\":{\"stringValue\":\"" + attribute + "\"}}]}";
    }

    @Test
    void aMetricThatIsTooLargeCountsItsDataPointsInBothEncodings() throws Exception {
        Gauge.Builder gauge = Gauge.newBuilder();
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            gauge.addDataPoints(
                    NumberDataPoint.newBuilder().setAsDouble(i + 0.5).setTimeUnixNano(7));
            points.append(i == 0 ? "" : ",").append("{\"asDouble\":1.5,\"timeUnixNano\":\"7\"}");
        }
        HttpResponse<byte[]> protobuf = client.post(
                "/v1/metrics",
                PROTOBUF,
                metrics("m", Metric.newBuilder().setName("m").setGauge(gauge)));
        assertThat(ExportMetricsServiceResponse.parseFrom(protobuf.body())
                        .getPartialSuccess()
                        .getRejectedDataPoints())
                .isEqualTo(400);
        HttpResponse<byte[]> json = client.post(
                "/v1/metrics",
                JSON,
                ("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"gauge\":{\"dataPoints\":["
                                + points + "]}}]}]}]}")
                        .getBytes());
        assertThat(json(json).get("partialSuccess"))
                .isEqualTo(json(
                        "{\"rejectedDataPoints\":\"400\",\"errorMessage\":\"rejected: 400 data points (larger than 4096"
                                + " bytes)\"}"));
    }

    @Test
    void manyTinyItemsThatWouldGrowInMemoryAre413() {
        StringBuilder records = new StringBuilder("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}");
        for (int i = 0; i < 5_000; i++) {
            records.append(",{}");
        }
        HttpResponse<byte[]> answer = client.post(
                "/v1/logs", JSON, records.append("]}]}]}").toString().getBytes());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).get("message").asText())
                .isEqualTo("the request needs more than 139264 bytes of memory when decoded; send smaller batches");
        assertThat(collector.store().logs().holdings().items()).isZero();
    }

    @Test
    void aResourceThatIsTooLargeIs413() {
        HttpResponse<byte[]> answer = client.post("/v1/traces", PROTOBUF, traces("s".repeat(ITEM), span("a")));
        assertThat(answer.statusCode()).isEqualTo(413);
        answer = client.post(
                "/v1/traces",
                JSON,
                ("{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"" + "k".repeat(4000)
                                + "\",\"value\":{\"stringValue\":\"" + "v".repeat(4000) + "\"}}]}}]}")
                        .getBytes());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).get("message").asText()).isEqualTo("a resource of more than 4096 bytes");
    }

    @Test
    void whileOtherRequestsHoldTheMemoryTheAnswerIs503WithRetryAfter() throws Exception {
        // Sends half of a request that needs most of the budget, and leaves it open.
        StringBuilder half = new StringBuilder("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}");
        half.append(",{}".repeat(550));
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), collector.otlpPort())) {
            OutputStream out = slow.getOutputStream();
            out.write(("POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 60000\r\n\r\n" + half + " ".repeat(10_000))
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            HttpResponse<byte[]> answer;
            do {
                // Each takes little when alone; refused once the slow one's items are counted.
                answer = client.post("/v1/traces", JSON, twentySpans());
            } while (answer.statusCode() == 200);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(json(answer).get("message").asText())
                    .isEqualTo("the collector is reading as many requests as its memory allows; try again");
        }
        HttpResponse<byte[]> after;
        do {
            after = client.post("/v1/traces", JSON, twentySpans());
        } while (after.statusCode() == 503);
        assertThat(after.statusCode()).isEqualTo(200);
    }

    @Test
    void theOldestGoAndTheSequenceGoesOn() {
        for (int i = 0; i < 25; i++) {
            client.post("/v1/traces", PROTOBUF, traces("ring", span("s" + i)));
        }
        JsonNode found = client.get("/api/v1/spans?service=ring");
        assertThat(found.get("spans")).hasSize(10);
        assertThat(found.get("spans").get(0).get("name").asText()).isEqualTo("s15");
        assertThat(found.get("spans").get(0).get("sequence").asLong()).isEqualTo(16);
        assertThat(found.get("cursor").asLong()).isEqualTo(25);
        JsonNode spans = client.get("/api/v1/status").get("spans");
        assertThat(spans.get("held").asInt()).isEqualTo(10);
        assertThat(spans.get("dropped").asInt()).isEqualTo(15);
    }

    private static byte[] twentySpans() {
        String one = "{\"traceId\":\"" + SampleTelemetry.TRACE + "\",\"spanId\":\"00f067aa0ba902b7\",\"name\":\"n\"}";
        return ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + one + ("," + one).repeat(19) + "]}]}]}")
                .getBytes();
    }
}
