package dev.tideline.collector.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tideline.collector.query.Criteria;
import dev.tideline.collector.query.Found;
import dev.tideline.collector.query.LogView;
import dev.tideline.collector.query.Lookup;
import dev.tideline.collector.query.Parameters;
import dev.tideline.collector.query.Query;
import dev.tideline.collector.query.SpanView;
import dev.tideline.collector.query.Telemetry;
import dev.tideline.collector.query.TraceSummary;
import dev.tideline.collector.query.View;
import dev.tideline.collector.store.Holdings;
import dev.tideline.collector.store.Stored;
import dev.tideline.collector.store.TraceId;
import dev.tideline.web.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The query API for tests. Thread-safe. */
record QueryApi(Telemetry telemetry, Duration longestWait, String tracesUrl) {

    private static final int MOST = 1000;
    private static final int USUAL = 100;
    private static final int MOST_TRACES = 200;
    private static final Duration USUAL_WAIT = Duration.ofSeconds(10);

    /** The answer, now or when a wait is over; empty if the path does not belong to the API. */
    Optional<CompletableFuture<Reply>> handle(Request request) {
        return switch (request.path()) {
            case "/api/v1/spans" ->
                now(find(request, "spans", telemetry.spans(), Criteria::spans, TelemetryJson::span));
            case "/api/v1/logs" -> now(find(request, "logs", telemetry.logs(), Criteria::logs, TelemetryJson::log));
            case "/api/v1/metrics" ->
                now(find(request, "metrics", telemetry.metrics(), Criteria::metrics, MetricJson::metric));
            case "/api/v1/spans/wait" ->
                Optional.of(await(request, "spans", telemetry.spans(), Criteria::spans, TelemetryJson::span));
            case "/api/v1/logs/wait" ->
                Optional.of(await(request, "logs", telemetry.logs(), Criteria::logs, TelemetryJson::log));
            case "/api/v1/metrics/wait" ->
                Optional.of(await(request, "metrics", telemetry.metrics(), Criteria::metrics, MetricJson::metric));
            case "/api/v1/traces" -> now(traces(request));
            case "/api/v1/status" -> now(status(request));
            case "/api/v1/telemetry" -> now(clear(request));
            default -> {
                String id = request.under("/api/v1/traces/");
                yield id == null ? Optional.empty() : now(trace(request, id));
            }
        };
    }

    private static Optional<CompletableFuture<Reply>> now(Reply reply) {
        return Optional.of(CompletableFuture.completedFuture(reply));
    }

    private static <E extends Stored, V extends View<E>> Reply find(
            Request request,
            String plural,
            Lookup<E, V> lookup,
            Function<Parameters, Query<V>> criteria,
            ValueJson.Writer<V> writer) {
        only(request, "GET");
        Parameters parameters = request.parameters();
        Query<V> query = criteria.apply(parameters);
        int limit = (int) parameters.number("limit", 0, MOST, USUAL);
        parameters.refuseUnknown();
        Found<V> found = lookup.finder().find(query, limit);
        return Reply.json(json -> {
            ValueJson.array(json, plural, found.items(), writer);
            json.writeBooleanField("more", found.more());
            json.writeNumberField("cursor", found.holdings().received());
        });
    }

    private <E extends Stored, V extends View<E>> CompletableFuture<Reply> await(
            Request request,
            String plural,
            Lookup<E, V> lookup,
            Function<Parameters, Query<V>> criteria,
            ValueJson.Writer<V> writer) {
        only(request, "GET");
        Parameters parameters = request.parameters();
        Query<V> query = criteria.apply(parameters);
        int count = (int) parameters.number("count", 1, MOST, 1);
        Duration timeout = parameters.duration("timeout").orElse(USUAL_WAIT);
        parameters.refuseUnknown();
        if (timeout.compareTo(longestWait) > 0) {
            throw new Problem(400, "timeout may be at most " + longestWait.toSeconds() + "s; ask again after that");
        }
        WaitReply<V> reply = new WaitReply<>(plural, query, count, timeout, tracesUrl, writer);
        return lookup.waits().await(query, count, timeout).thenApply(reply::of);
    }

    private Reply traces(Request request) {
        only(request, "GET");
        Parameters parameters = request.parameters();
        Query<SpanView> query = Criteria.spans(parameters);
        int limit = (int) parameters.number("limit", 1, MOST_TRACES, USUAL);
        parameters.refuseUnknown();
        List<TraceSummary> traces = telemetry.traces().find(query, limit);
        return Reply.json(json -> ValueJson.array(json, "traces", traces, TelemetryJson::trace));
    }

    private Reply trace(Request request, String id) {
        only(request, "GET");
        request.parameters().refuseUnknown();
        TraceId traceId = new Parameters(Map.of("trace_id", List.of(id)))
                .id("trace_id", TraceId::parse)
                .orElseThrow();
        List<SpanView> spans = telemetry.traces().spans(traceId);
        Query<LogView> ofTrace = Criteria.logs(new Parameters(Map.of("trace_id", List.of(id))));
        Found<LogView> logs = telemetry.logs().finder().find(ofTrace, MOST);
        if (spans.isEmpty() && logs.items().isEmpty()) {
            throw new Problem(404, "no span and no log record of trace " + traceId + " is held");
        }
        return Reply.json(json -> {
            json.writeStringField("trace_id", traceId.toString());
            ValueJson.array(json, "spans", spans, TelemetryJson::span);
            ValueJson.array(json, "logs", logs.items(), TelemetryJson::log);
        });
    }

    private Reply status(Request request) {
        only(request, "GET");
        request.parameters().refuseUnknown();
        return Reply.json(json -> {
            json.writeStringField("otlp_traces_url", tracesUrl);
            holdings(json, "spans", telemetry.store().spans().holdings());
            holdings(json, "logs", telemetry.store().logs().holdings());
            holdings(json, "metrics", telemetry.store().metrics().holdings());
            json.writeNumberField("open_waits", telemetry.openWaits());
        });
    }

    private Reply clear(Request request) {
        only(request, "DELETE");
        request.parameters().refuseUnknown();
        telemetry.store().clear();
        return Reply.nothing();
    }

    private static void holdings(JsonGenerator json, String name, Holdings holdings) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("held", holdings.items());
        json.writeNumberField("bytes", holdings.bytes());
        json.writeNumberField("received", holdings.received());
        json.writeNumberField("dropped", holdings.dropped());
        json.writeEndObject();
    }

    static void only(Request request, String method) {
        if (!request.method().equals(method)) {
            throw new Problem(405, request.path() + " takes " + method + ", not " + request.method());
        }
    }
}
