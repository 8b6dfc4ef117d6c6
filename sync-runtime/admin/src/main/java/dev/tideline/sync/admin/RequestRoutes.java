package dev.tideline.sync.admin;

import dev.tideline.sync.QueuedRequests;
import dev.tideline.sync.SyncOperations;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;

/** Requests that are not done, most importantly dead letters. */
record RequestRoutes(SyncOperations operations) {

    private record Requests(List<QueuedRequests.Request> requests, int page, int size) {}

    private record Outcome(long id, String state) {}

    /** @param requests how many */
    private record AllOutcome(int requests) {}

    void add(RoutesConfig routes) {
        routes.get("/api/v1/requests", this::list);
        routes.post(
                "/api/v1/requests/retry",
                ctx -> Json.answer(ctx, new AllOutcome(operations.requests().retryAll())));
        routes.post(
                "/api/v1/requests/discard",
                ctx -> Json.answer(ctx, new AllOutcome(operations.requests().discardAll())));
        routes.post(
                "/api/v1/requests/{id}/retry",
                ctx -> end(ctx, operations.requests().retry(id(ctx)), "pending"));
        routes.post(
                "/api/v1/requests/{id}/discard",
                ctx -> end(ctx, operations.requests().discard(id(ctx)), "discarded"));
    }

    private void list(Context ctx) throws SQLException {
        String given = Query.text(ctx, "state");
        String state = given == null ? "all" : given;
        if (!state.equals("all") && !QueuedRequests.STATES.contains(state)) {
            throw new ProblemException(
                    400,
                    "A parameter is invalid.",
                    "state must be one of: all, " + String.join(", ", new TreeSet<>(QueuedRequests.STATES)) + ".");
        }
        int page = Query.page(ctx);
        int size = Query.size(ctx);
        Json.answer(ctx, new Requests(operations.requests().page(state, size, (page - 1L) * size), page, size));
    }

    private static void end(Context ctx, QueuedRequests.Outcome outcome, String state) {
        switch (outcome) {
            case DONE -> Json.answer(ctx, new Outcome(id(ctx), state));
            case UNKNOWN ->
                throw new ProblemException(
                        404,
                        "There is no such dead request.",
                        "It was retried or discarded meanwhile, or is not dead.");
            case WAITS_ALREADY ->
                throw new ProblemException(
                        409,
                        "The same request is waiting already.",
                        "It has the same effect as this one, which may be" + " discarded.");
        }
    }

    private static long id(Context ctx) {
        try {
            return Long.parseLong(ctx.pathParam("id"));
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    404, "There is no such dead request.", "An id is a number; see /api/v1/requests.");
        }
    }
}
