package dev.tideline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand spans a second into a JVM of 96 MB, and its heap stays where it was. By default in short, and beside other
 * tests that may leave the sender no time, so that what counts is the processor's time the collector needs; with
 * {@code -Dcollector.flood=PT30S}, as in {@code -Plong}, the rate by the clock counts too.
 */
class ThroughputTest {

    private static final int RATE = 10_000;
    private static final String LONG = System.getProperty("collector.flood");
    private static final Duration FLOOD = Duration.parse(LONG == null ? "PT2S" : LONG);

    @Test
    void tenThousandSpansASecondAreTakenWithSteadyMemory() throws Exception {
        try (CollectorProcess collector = CollectorProcess.start("-Xmx96m")) {
            SpanFlood flood = new SpanFlood(collector.otlpUrl());
            // Until the store is full: only then "steady" means anything.
            flood.run(Integer.MAX_VALUE, Duration.ofSeconds(3));
            while (spans(collector).get("dropped").asLong() == 0) {
                flood.run(Integer.MAX_VALUE, Duration.ofSeconds(1));
            }
            List<Long> live = new ArrayList<>();
            live.add(liveBytes(collector));
            List<Long> rates = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                Duration cpuBefore = collector.cpuTime();
                long sentBefore = flood.sent();
                double rate = flood.run(RATE, FLOOD);
                double cpuSeconds = collector.cpuTime().minus(cpuBefore).toMillis() / 1e3;
                assertThat((flood.sent() - sentBefore) / cpuSeconds)
                        .as("spans accepted per second of the processor's time")
                        .isGreaterThan(2.0 * RATE);
                rates.add(Math.round(rate));
                if (LONG != null) {
                    assertThat(rate).as("spans accepted per second").isGreaterThan(0.95 * RATE);
                }
                live.add(liveBytes(collector));
            }
            System.out.println(
                    "collector: " + rates + " spans/s accepted, " + live + " bytes live before and after each");
            assertThat(collector.isAlive()).isTrue();
            assertThat(spans(collector).get("received").asLong()).isEqualTo(flood.sent());
            long least = live.stream().mapToLong(Long::longValue).min().orElseThrow();
            long most = live.stream().mapToLong(Long::longValue).max().orElseThrow();
            assertThat(most - least).as("live heap after collections: %s", live).isLessThan(8L << 20);
            assertThat(most).as("live heap").isLessThan(64L << 20);
        }
    }

    private static JsonNode spans(CollectorProcess collector) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(collector.pageUrl() + "/api/v1/status"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return CollectorClient.json(answer.body()).get("spans");
    }

    /** Bytes of all objects that are still reachable, as the JVM's own tool counts them after a full collection. */
    private static long liveBytes(CollectorProcess collector) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/jcmd",
                        Long.toString(collector.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String out = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(out).isZero();
        String total = out.lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IOException(out));
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }
}
