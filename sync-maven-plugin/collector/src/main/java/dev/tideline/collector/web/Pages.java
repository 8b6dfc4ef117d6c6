package dev.tideline.collector.web;

import dev.tideline.collector.query.Telemetry;
import dev.tideline.web.Face;
import dev.tideline.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The pages for people, by path. Thread-safe. */
final class Pages {

    private static final String FOLDER = "/dev/tideline/collector/";
    private static final Map<String, String> ASSETS = Map.of(
            "collector.css", "text/css; charset=utf-8",
            "live.js", "text/javascript; charset=utf-8",
            "waterfall.js", "text/javascript; charset=utf-8");

    private final TracesPage traces;
    private final TracePage trace;
    private final LogsPage logs;
    private final MetricsPage metrics;

    Pages(Telemetry telemetry, String tracesUrl) {
        this.traces = new TracesPage(telemetry, tracesUrl);
        this.trace = new TracePage(telemetry);
        this.logs = new LogsPage(telemetry, tracesUrl);
        this.metrics = new MetricsPage(telemetry, tracesUrl);
    }

    Reply handle(Request request) {
        Optional<Face.Asset> shared = request.face().asset(request.path());
        if (shared.isPresent()) {
            QueryApi.only(request, "GET");
            return new Reply(
                    200, shared.get().contentType(), shared.get().body().getBytes(StandardCharsets.UTF_8));
        }
        String asset = request.under("/assets/");
        String traceId = request.under("/traces/");
        boolean known = asset != null && ASSETS.containsKey(asset)
                || traceId != null
                || request.path().matches("/|/logs|/metrics|/healthz");
        if (!known) {
            throw new Problem(404, "nothing is at " + request.path());
        }
        QueryApi.only(request, "GET");
        if (asset != null) {
            return asset(asset);
        } else if (traceId != null) {
            return trace.handle(request, traceId);
        }
        return switch (request.path()) {
            case "/logs" -> logs.handle(request);
            case "/metrics" -> metrics.handle(request);
            case "/healthz" -> Reply.json(json -> json.writeStringField("status", "up"));
            default -> traces.handle(request);
        };
    }

    private static Reply asset(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(FOLDER + name)) {
            return new Reply(200, ASSETS.get(name), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the collector's jar cannot be read", e);
        }
    }
}
