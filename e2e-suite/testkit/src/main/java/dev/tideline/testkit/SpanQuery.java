package dev.tideline.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which spans are meant: those that meet every criterion. Immutable.
 *
 * <pre>{@code
 * SpanQuery.named("charge card").service("shop").attribute("payment.method", "card")
 * }</pre>
 */
public final class SpanQuery {
    private record Criterion(String parameter, String value) {}

    private final List<Criterion> criteria;

    private SpanQuery(List<Criterion> criteria) {
        this.criteria = criteria;
    }

    public static SpanQuery any() {
        return new SpanQuery(List.of());
    }

    /** Spans with exactly this name. */
    public static SpanQuery named(String name) {
        return any().with("name", name);
    }

    /** Spans whose name contains this text, ignoring case. */
    public SpanQuery nameContains(String part) {
        return with("name_contains", part);
    }

    /** Spans of a service, the {@code service.name} of the resource. */
    public SpanQuery service(String service) {
        return with("service", service);
    }

    /** Spans with this attribute, compared as text; the span's own counts, else its resource's. */
    public SpanQuery attribute(String key, Object value) {
        return with("attribute", key + "=" + value);
    }

    /** Spans of a kind: {@code internal}, {@code server}, {@code client}, {@code producer} or {@code consumer}. */
    public SpanQuery kind(String kind) {
        return with("kind", kind);
    }

    /** Spans of a status: {@code unset}, {@code ok} or {@code error}. */
    public SpanQuery status(String status) {
        return with("status", status);
    }

    /** Spans of one trace, given as 32 hexadecimal digits. */
    public SpanQuery inTrace(String traceId) {
        return with("trace_id", traceId);
    }

    /** Spans that took at least this long. */
    public SpanQuery atLeast(Duration duration) {
        return with("min_duration", duration.toString());
    }

    private SpanQuery with(String parameter, String value) {
        if (value.isBlank()) {
            // The collector would treat it as a missing criterion, and find everything.
            throw new IllegalArgumentException("The criterion " + parameter + " must not be blank");
        }
        List<Criterion> more = new ArrayList<>(criteria);
        more.add(new Criterion(parameter, value));
        return new SpanQuery(List.copyOf(more));
    }

    /** In the form of a URL's query, {@code &} before each. */
    String parameters() {
        return criteria.stream()
                .map(criterion -> "&" + criterion.parameter() + "=" + JsonServer.encoded(criterion.value()))
                .collect(Collectors.joining());
    }

    /** The criteria, as a failure names them. */
    @Override
    public String toString() {
        return criteria.isEmpty()
                ? "any"
                : criteria.stream()
                        .map(criterion -> criterion.parameter() + "=" + criterion.value())
                        .collect(Collectors.joining(", "));
    }
}
