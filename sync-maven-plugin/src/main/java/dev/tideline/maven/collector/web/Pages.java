package dev.tideline.maven.collector.web;

import dev.tideline.maven.collector.query.Telemetry;

/** The pages for people, by path. Thread-safe. */
final class Pages {

    private final Telemetry telemetry;
    private final String tracesUrl;

    Pages(Telemetry telemetry, String tracesUrl) {
        this.telemetry = telemetry;
        this.tracesUrl = tracesUrl;
    }

    Reply handle(Request request) {
        throw new Problem(404, "nothing is at " + request.path());
    }
}
