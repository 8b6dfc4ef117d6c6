package dev.tideline.testkit;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A span, as the collector has it. Immutable.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param parentSpanId of its parent; empty for a root
 * @param name its name
 * @param service {@code service.name} of its resource
 * @param kind {@code internal}, {@code server}, {@code client}, {@code producer}, {@code consumer} or {@code unspecified}
 * @param status {@code unset}, {@code ok} or {@code error}
 * @param statusMessage empty if there is none
 * @param start when it began; {@link Instant#EPOCH} if unknown
 * @param duration how long it took
 * @param attributes by name: text, {@code Boolean}, {@code Long}, {@code Double}, or lists and maps of them
 * @param resource attributes of its sender
 */
public record TraceSpan(
        String traceId,
        String spanId,
        Optional<String> parentSpanId,
        String name,
        String service,
        String kind,
        String status,
        String statusMessage,
        Instant start,
        Duration duration,
        Map<String, Object> attributes,
        Map<String, Object> resource) {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    /** In one line, as failures show it. */
    @Override
    public String toString() {
        return service + " '" + name + "' (" + kind + ", " + status + ", " + Shown.duration(duration) + ")";
    }

    static List<TraceSpan> all(JsonNode array) {
        List<TraceSpan> spans = new ArrayList<>();
        array.forEach(node -> spans.add(of(node)));
        return List.copyOf(spans);
    }

    private static TraceSpan of(JsonNode node) {
        if (!node.path("span_id").isTextual()) {
            throw new CollectorException("The collector lists a span without an id: " + node, null);
        }
        return new TraceSpan(
                node.path("trace_id").asText(""),
                node.path("span_id").asText(),
                Optional.ofNullable(node.path("parent_span_id").textValue()),
                node.path("name").asText(""),
                node.path("service").asText(""),
                node.path("kind").asText(""),
                node.path("status").asText(""),
                node.path("status_message").asText(""),
                start(node.path("start")),
                Duration.ofNanos(node.path("duration_ns").asLong()),
                map(node.path("attributes")),
                map(node.path("resource")));
    }

    private static Instant start(JsonNode start) {
        try {
            return start.isTextual() ? Instant.parse(start.textValue()) : Instant.EPOCH;
        } catch (DateTimeException e) {
            throw new CollectorException("The collector gives a span the start '" + start.textValue() + "'", e);
        }
    }

    private static Map<String, Object> map(JsonNode object) {
        // Not Map.copyOf: a value may be null.
        return object.isObject()
                ? java.util.Collections.unmodifiableMap(JsonServer.JSON.convertValue(object, MAP))
                : Map.of();
    }
}
