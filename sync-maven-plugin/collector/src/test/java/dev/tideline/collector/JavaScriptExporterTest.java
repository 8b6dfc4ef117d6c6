package dev.tideline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What OpenTelemetry's exporters for JavaScript send as http/json, byte for byte as recorded from version 0.223.1: Java's
 * SDK has no JSON exporter to test with.
 */
class JavaScriptExporterTest {

    @ParameterizedTest
    @ValueSource(strings = {"traces", "metrics", "logs"})
    void everyRecordedRequestIsAFullSuccess(String signal) throws IOException {
        try (Collector collector = Collector.start(CollectorConfig.DEFAULT)) {
            HttpResponse<byte[]> answer = send(new CollectorClient(collector), signal);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(CollectorClient.text(answer)).isEqualTo("{}");
        }
    }

    @Test
    void itsValuesAreUnderstood() throws IOException {
        try (Collector collector = Collector.start(CollectorConfig.DEFAULT)) {
            CollectorClient client = new CollectorClient(collector);
            send(client, "traces");
            send(client, "metrics");
            send(client, "logs");
            JsonNode span = client.get("/api/v1/spans?service=js").get("spans").get(0);
            assertThat(span.get("name").asText()).isEqualTo("js span");
            assertThat(span.get("attributes"))
                    .isEqualTo(CollectorClient.json("{\"n\":1,\"b\":true,\"a\":[\"x\",\"y\"],\"d\":1.5}"));
            assertThat(span.get("events").get(0).get("name").asText()).isEqualTo("e");
            assertThat(span.get("duration_ns").asLong()).isPositive();
            JsonNode histogram = client.get("/api/v1/metrics?name=js.hist&attribute=r=x")
                    .get("metrics")
                    .get(0);
            assertThat(histogram.get("points").get(0).get("sum").asDouble()).isEqualTo(4.2);
            JsonNode log = client.get("/api/v1/logs?service=js&min_severity=info")
                    .get("logs")
                    .get(0);
            assertThat(log.get("body")).isEqualTo(CollectorClient.json("{\"nested\":[\"js\",1]}"));
        }
    }

    private static HttpResponse<byte[]> send(CollectorClient client, String signal) throws IOException {
        try (InputStream in = JavaScriptExporterTest.class.getResourceAsStream("js-" + signal + ".json")) {
            return client.post("/v1/" + signal, CollectorClient.JSON, in.readAllBytes());
        }
    }
}
