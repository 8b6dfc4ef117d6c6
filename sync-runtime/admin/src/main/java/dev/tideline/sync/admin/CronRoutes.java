package dev.tideline.sync.admin;

import dev.tideline.sync.SyncOperations;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;

/** Bounded runs for cron. Calls may overlap. */
record CronRoutes(SyncOperations operations) {

    /** Runs at a time; more would do no more work. */
    static final int AT_ONCE = 8;

    private static final long LONGEST = Duration.ofHours(1).toMillis();

    private record Passes(int iterations) {}

    private record Requests(int requestsProcessed) {}

    void add(RoutesConfig routes) {
        Places places = new Places(AT_ONCE, "Too many runs are under way at once.");
        routes.get(
                "/api/v1/sequencer",
                places.bounded(ctx -> Json.answer(ctx, new Passes(operations.sequence(most(ctx))))));
        routes.get("/api/v1/poller", places.bounded(ctx -> Json.answer(ctx, new Requests(operations.poll(most(ctx))))));
    }

    private static Duration most(Context ctx) {
        return Duration.ofMillis(Query.number(ctx, "max_duration_ms", 0, 0, LONGEST));
    }
}
