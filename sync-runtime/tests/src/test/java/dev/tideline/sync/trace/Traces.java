package dev.tideline.sync.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.collector.Collector;
import dev.tideline.collector.CollectorConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dev services' collector, asked as a developer asks it, and the variables that send telemetry there. */
final class Traces implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Collector collector = Collector.start(CollectorConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();

    Map<String, String> environment() {
        return Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.otlpUrl(),
                "OTEL_BSP_SCHEDULE_DELAY", "50",
                "OTEL_METRIC_EXPORT_INTERVAL", "200");
    }

    String get(String path) {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create(collector.pageUrl() + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode json(String path) {
        try {
            return JSON.readTree(get(path));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Spans of this name, the oldest first. */
    List<JsonNode> spans(String name) {
        List<JsonNode> spans = new ArrayList<>();
        json("/api/v1/spans?limit=1000&name=" + name).path("spans").forEach(spans::add);
        return spans;
    }

    /** The one span of this name in a trace, if it has arrived. */
    Optional<JsonNode> span(String trace, String name) {
        return spans(name).stream()
                .filter(span -> span.path("trace_id").asText().equals(trace))
                .findFirst();
    }

    @Override
    public void close() {
        collector.close();
    }
}
