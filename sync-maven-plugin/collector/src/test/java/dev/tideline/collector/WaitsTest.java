package dev.tideline.collector;

import static dev.tideline.collector.CollectorClient.PROTOBUF;
import static dev.tideline.collector.SampleTelemetry.attribute;
import static dev.tideline.collector.SampleTelemetry.span;
import static dev.tideline.collector.SampleTelemetry.traces;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting for telemetry through the query API. */
class WaitsTest {

    private final Collector collector = Collector.start(CollectorConfig.DEFAULT);
    private final CollectorClient client = new CollectorClient(collector);

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void aSpanThatIsThereAlreadyEndsTheWaitAtOnce() {
        client.post("/v1/traces", PROTOBUF, traces("shop", span("checkout")));
        JsonNode answer = client.get("/api/v1/spans/wait?name=checkout&timeout=10s");
        assertThat(answer.get("satisfied").asBoolean()).isTrue();
        assertThat(answer.get("spans").get(0).get("name").asText()).isEqualTo("checkout");
    }

    @Test
    void aSpanThatArrivesLaterEndsTheWait() throws Exception {
        CompletableFuture<JsonNode> wait = client.getLater("/api/v1/spans/wait?name=later&count=2&timeout=20s");
        awaitOpenWaits(1);
        client.post("/v1/traces", PROTOBUF, traces("shop", span("other"), span("later")));
        assertThat(wait).isNotDone();
        client.post("/v1/traces", PROTOBUF, traces("shop", span("later")));
        JsonNode answer = wait.get(20, TimeUnit.SECONDS);
        assertThat(answer.get("satisfied").asBoolean()).isTrue();
        assertThat(answer.get("spans")).hasSize(2);
        assertThat(collector.telemetry().openWaits()).isZero();
    }

    @Test
    void whatArrivedBeforeTheCursorNeverCounts() {
        client.post("/v1/traces", PROTOBUF, traces("shop", span("checkout")));
        long cursor = client.get("/api/v1/spans?limit=0").get("cursor").asLong();
        JsonNode answer = client.get("/api/v1/spans/wait?name=checkout&timeout=50ms&after=" + cursor);
        assertThat(answer.get("satisfied").asBoolean()).isFalse();
        assertThat(answer.get("near_misses")).isEmpty();
        client.post("/v1/traces", PROTOBUF, traces("shop", span("checkout")));
        answer = client.get("/api/v1/spans/wait?name=checkout&timeout=10s&after=" + cursor);
        assertThat(answer.get("satisfied").asBoolean()).isTrue();
    }

    @Test
    void aTimeoutSaysWhatWasWantedAndWhatCameInstead() {
        client.post(
                "/v1/traces",
                PROTOBUF,
                traces(
                        "shop",
                        span("checkout").addAttributes(attribute("http.status_code", "500")),
                        span("check-out"),
                        span("unrelated")));
        JsonNode answer = client.get(
                "/api/v1/spans/wait?name=checkout&service=shop" + "&attribute=http.status_code%3D200&timeout=30ms");
        assertThat(answer.get("satisfied").asBoolean()).isFalse();
        assertThat(answer.get("waited_ms").asLong()).isGreaterThanOrEqualTo(30);
        assertThat(answer.get("detail").asText())
                .isEqualTo("0 of 1 spans (name=checkout, service=shop, attribute=http.status_code=200) arrived within"
                        + " 30 ms. 0 spans came while waiting. The nearest is shop 'checkout', but attribute is"
                        + " http.status_code=500.");
        assertThat(answer.get("wanted")).isEqualTo(CollectorClient.json("""
                        {"count": 1, "timeout_ms": 30, "after": 0, "criteria": [
                            {"parameter": "name", "wanted": "checkout"},
                            {"parameter": "service", "wanted": "shop"},
                            {"parameter": "attribute", "wanted": "http.status_code=200"}]}
                        """));
        JsonNode second = answer.get("near_misses").get(1);
        assertThat(second.get("name").asText()).isEqualTo("check-out");
        assertThat(second.get("missed")).isEqualTo(CollectorClient.json("""
                        [{"parameter": "name", "wanted": "checkout", "found": "check-out"},
                         {"parameter": "attribute", "wanted": "http.status_code=200",
                          "found": "no attribute http.status_code"}]
                        """));
        assertThat(answer.get("arrived").findValuesAsText("name")).contains("checkout", "check-out", "unrelated");
    }

    @Test
    void whereNothingEverArrivedTheTimeoutAsksForTheExporter() {
        JsonNode answer = client.get("/api/v1/spans/wait?name=x&timeout=1ms");
        assertThat(answer.get("detail").asText())
                .isEqualTo("0 of 1 spans (name=x) arrived within 1 ms. The collector has received no spans at all: does"
                        + " the exporter send OTLP over HTTP to " + collector.otlpUrl()
                        + ", and has it been flushed?");
    }

    @Test
    void logsAreWaitedForToo() throws Exception {
        CompletableFuture<JsonNode> wait =
                client.getLater("/api/v1/logs/wait?body_contains=WORLD&min_severity=warn&timeout=20s");
        awaitOpenWaits(1);
        client.post(
                "/v1/logs",
                PROTOBUF,
                SampleTelemetry.logs(
                        "shop",
                        LogRecord.newBuilder()
                                .setSeverityNumberValue(13)
                                .setBody(AnyValue.newBuilder().setStringValue("hello world"))));
        assertThat(wait.get(20, TimeUnit.SECONDS)
                        .get("logs")
                        .get(0)
                        .get("severity")
                        .asText())
                .isEqualTo("warn");
    }

    @Test
    void fiveHundredWaitersNeedNoThreadsAndMissNothing() throws Exception {
        List<CompletableFuture<JsonNode>> waits = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            waits.add(client.getLater("/api/v1/spans/wait?timeout=25s&count=2&name=job-" + i));
        }
        awaitOpenWaits(500);
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().startsWith("XNIO") || thread.getName().startsWith("collector"))
                .count();
        assertThat(threads).isLessThan(100);
        for (int round = 0; round < 2; round++) {
            List<Span> spans = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                spans.add(span("job-" + i).build());
            }
            client.post("/v1/traces", PROTOBUF, traces("jobs", spans));
        }
        for (int i = 0; i < waits.size(); i++) {
            JsonNode answer = waits.get(i).get(25, TimeUnit.SECONDS);
            assertThat(answer.get("satisfied").asBoolean()).isTrue();
            assertThat(answer.get("spans")).hasSize(2);
            for (JsonNode span : answer.get("spans")) {
                assertThat(span.get("name").asText()).isEqualTo("job-" + i);
            }
        }
    }

    @Test
    void closingTheCollectorAnswersOpenWaits() throws Exception {
        CompletableFuture<JsonNode> wait = client.getLater("/api/v1/spans/wait?name=never&timeout=25s");
        awaitOpenWaits(1);
        collector.telemetry().close();
        JsonNode answer = wait.get(10, TimeUnit.SECONDS);
        assertThat(answer.get("status").asInt()).isEqualTo(503);
        assertThat(answer.get("detail").asText()).isEqualTo("the collector is being stopped");
    }

    @Test
    void moreWaitsThanAllowedAreRefused() throws Exception {
        CollectorLimits few = new CollectorLimits(
                CollectorLimits.DEFAULT.spans(),
                CollectorLimits.DEFAULT.logs(),
                CollectorLimits.DEFAULT.metrics(),
                CollectorLimits.DEFAULT.bodyBytes(),
                CollectorLimits.DEFAULT.itemBytes(),
                CollectorLimits.DEFAULT.inFlightBytes(),
                1,
                Duration.ofSeconds(30));
        try (Collector small = Collector.start(CollectorConfig.DEFAULT.within(few))) {
            CollectorClient its = new CollectorClient(small);
            its.getLater("/api/v1/spans/wait?name=a&timeout=30s");
            while (small.telemetry().openWaits() < 1) {
                Thread.onSpinWait();
            }
            JsonNode refused = its.get("/api/v1/spans/wait?name=b&timeout=30s");
            assertThat(refused.get("status").asInt()).isEqualTo(503);
            assertThat(its.get("/api/v1/spans/wait?name=b&timeout=31s")
                            .get("detail")
                            .asText())
                    .isEqualTo("timeout may be at most 30s; ask again after that");
        }
    }

    private void awaitOpenWaits(int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (collector.telemetry().openWaits() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(collector.telemetry().openWaits()).isEqualTo(count);
    }
}
