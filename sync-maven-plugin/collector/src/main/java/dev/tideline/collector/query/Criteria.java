package dev.tideline.collector.query;

import dev.tideline.collector.store.Ids;
import dev.tideline.collector.store.MetricType;
import dev.tideline.collector.store.StoredLog;
import dev.tideline.collector.store.StoredSpan;
import dev.tideline.collector.store.TraceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the criteria of each signal from query parameters. */
public final class Criteria {

    /** Names of span kinds by number. */
    public static final List<String> KINDS =
            List.of("unspecified", "internal", "server", "client", "producer", "consumer");

    /** Names of span statuses by number. */
    public static final List<String> STATUSES = List.of("unset", "ok", "error");

    /** Names of log severities; each stands for four numbers, from 1 on. */
    public static final List<String> SEVERITIES = List.of("trace", "debug", "info", "warn", "error", "fatal");

    private static final int NUMBERS_PER_SEVERITY = 4;

    private Criteria() {}

    public static Query<SpanView> spans(Parameters from) {
        List<Criterion<SpanView>> criteria = new ArrayList<>();
        named(from, criteria);
        from.id("trace_id", TraceId::parse)
                .ifPresent(id -> add(
                        criteria,
                        "trace_id",
                        id,
                        v -> v.item().traceId().equals(id),
                        v -> v.item().traceId()));
        spanId(from, criteria, "span_id", StoredSpan::spanId);
        spanId(from, criteria, "parent_span_id", StoredSpan::parentSpanId);
        from.oneOf("kind", KINDS)
                .ifPresent(kind -> add(
                        criteria,
                        "kind",
                        kind,
                        v -> v.item().kind() == KINDS.indexOf(kind),
                        v -> name(KINDS, v.item().kind())));
        from.oneOf("status", STATUSES)
                .ifPresent(status -> add(
                        criteria,
                        "status",
                        status,
                        v -> v.item().status() == STATUSES.indexOf(status),
                        v -> name(STATUSES, v.item().status())));
        duration(from, criteria, "min_duration", (took, limit) -> took >= limit);
        duration(from, criteria, "max_duration", (took, limit) -> took <= limit);
        attributes(from, criteria);
        return new Query<>(criteria, after(from));
    }

    public static Query<LogView> logs(Parameters from) {
        List<Criterion<LogView>> criteria = new ArrayList<>();
        service(from, criteria);
        from.id("trace_id", TraceId::parse)
                .ifPresent(id -> add(
                        criteria,
                        "trace_id",
                        id,
                        v -> id.equals(v.item().traceId()),
                        v -> v.item().traceId()));
        from.id("span_id", Ids::parseSpanId)
                .ifPresent(id -> add(
                        criteria,
                        "span_id",
                        Ids.hex(id),
                        v -> v.item().spanId() == id,
                        v -> Ids.hex(v.item().spanId())));
        from.oneOf("min_severity", SEVERITIES)
                .ifPresent(severity -> add(
                        criteria,
                        "min_severity",
                        severity,
                        v -> v.item().severity() > NUMBERS_PER_SEVERITY * SEVERITIES.indexOf(severity),
                        v -> severity(v.item())));
        from.text("body")
                .ifPresent(body -> add(criteria, "body", body, v -> v.body().equals(body), LogView::body));
        contains(from, criteria, "body_contains", LogView::body);
        attributes(from, criteria);
        return new Query<>(criteria, after(from));
    }

    public static Query<MetricView> metrics(Parameters from) {
        List<Criterion<MetricView>> criteria = new ArrayList<>();
        named(from, criteria);
        from.oneOf(
                        "type",
                        Arrays.stream(MetricType.values())
                                .map(MetricType::toString)
                                .toList())
                .ifPresent(type -> add(
                        criteria,
                        "type",
                        type,
                        v -> v.item().type().toString().equals(type),
                        v -> v.item().type()));
        for (String wanted : from.texts("attribute")) {
            String[] parts = wanted.split("=", 2);
            add(
                    criteria,
                    "attribute",
                    wanted,
                    v -> v.hasAttribute(parts[0], parts.length == 2 ? parts[1] : null),
                    v -> found(v, parts[0]));
        }
        return new Query<>(criteria, after(from));
    }

    /** A log's severity in the specification's words, {@code unspecified} for 0. */
    public static String severity(StoredLog log) {
        return log.severity() < 1 || log.severity() > NUMBERS_PER_SEVERITY * SEVERITIES.size()
                ? "unspecified"
                : SEVERITIES.get((log.severity() - 1) / NUMBERS_PER_SEVERITY);
    }

    /** A number's name, or the number if it is newer than this collector. */
    public static String name(List<String> names, int number) {
        return number >= 0 && number < names.size() ? names.get(number) : Integer.toString(number);
    }

    private static long after(Parameters from) {
        return from.number("after", 0, Long.MAX_VALUE, 0);
    }

    private static <V extends View<?>> void named(Parameters from, List<Criterion<V>> criteria) {
        from.text("name")
                .ifPresent(name -> add(criteria, "name", name, v -> v.name().equals(name), View::name));
        contains(from, criteria, "name_contains", View::name);
        service(from, criteria);
    }

    private static <V extends View<?>> void service(Parameters from, List<Criterion<V>> criteria) {
        from.text("service")
                .ifPresent(service ->
                        add(criteria, "service", service, v -> v.service().equals(service), View::service));
    }

    private static <V extends View<?>> void contains(
            Parameters from, List<Criterion<V>> criteria, String parameter, Function<V, String> text) {
        from.text(parameter).ifPresent(part -> {
            String lower = part.toLowerCase(Locale.ROOT);
            add(
                    criteria,
                    parameter,
                    part,
                    v -> text.apply(v).toLowerCase(Locale.ROOT).contains(lower),
                    text);
        });
    }

    private static <V extends View<?>> void attributes(Parameters from, List<Criterion<V>> criteria) {
        for (String wanted : from.texts("attribute")) {
            String[] parts = wanted.split("=", 2);
            add(
                    criteria,
                    "attribute",
                    wanted,
                    v -> v.attribute(parts[0])
                            .filter(value -> parts.length == 1 || value.equals(parts[1]))
                            .isPresent(),
                    v -> found(v, parts[0]));
        }
    }

    private static String found(View<?> view, String key) {
        return view.attribute(key).map(value -> key + "=" + value).orElse("no attribute " + key);
    }

    private static void spanId(
            Parameters from, List<Criterion<SpanView>> criteria, String parameter, Function<StoredSpan, Long> id) {
        from.id(parameter, Ids::parseSpanId)
                .ifPresent(wanted -> add(
                        criteria,
                        parameter,
                        Ids.hex(wanted),
                        v -> id.apply(v.item()).equals(wanted),
                        v -> Ids.hex(id.apply(v.item()))));
    }

    private static void duration(
            Parameters from, List<Criterion<SpanView>> criteria, String parameter, Comparison comparison) {
        from.duration(parameter)
                .ifPresent(limit -> add(
                        criteria,
                        parameter,
                        Durations.show(limit.toNanos()),
                        v -> comparison.holds(v.item().durationNanos(), limit.toNanos()),
                        v -> Durations.show(v.item().durationNanos())));
    }

    private static <V> void add(
            List<Criterion<V>> criteria, String parameter, Object wanted, Predicate<V> holds, Function<V, ?> found) {
        criteria.add(new Criterion<>(parameter, wanted.toString(), holds, v -> String.valueOf(found.apply(v))));
    }

    @FunctionalInterface
    private interface Comparison {
        boolean holds(long took, long limit);
    }
}
