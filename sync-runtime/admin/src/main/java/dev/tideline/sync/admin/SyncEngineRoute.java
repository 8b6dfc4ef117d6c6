package dev.tideline.sync.admin;

import dev.tideline.sync.SyncOperations;
import dev.tideline.sync.request.SigningSecrets;
import dev.tideline.sync.trace.Tracing;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.opentelemetry.context.Scope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Syncs one tenant for callers with the secret: the receiving end of {@code dispatch: http}. */
record SyncEngineRoute(SyncOperations operations) {

    /** Syncs at a time; as many as a runtime dispatches. */
    static final int AT_ONCE = 32;

    private record Order(String tenant) {}

    /**
     * @param failures why external databases stopped, by name; empty once all are caught up
     */
    private record Outcome(String tenant, boolean known, Map<String, String> failures) {}

    void add(RoutesConfig routes) {
        routes.post(
                "/api/v1/sync-engine",
                new Places(AT_ONCE, "Too many syncs are under way at once.").bounded(this::sync));
    }

    private void sync(Context ctx) throws SQLException {
        Optional<String> wrong = operations
                .signingSecrets()
                .refuse(
                        ctx.header(SigningSecrets.ID),
                        ctx.header(SigningSecrets.TIMESTAMP),
                        ctx.header(SigningSecrets.SIGNATURE),
                        ctx.bodyAsBytes(),
                        Instant.now());
        if (wrong.isPresent()) {
            throw new ProblemException(
                    401, "This request must be signed as described by Standard Webhooks.", wrong.get() + ".");
        }
        Order order = Json.body(ctx, Order.class);
        if (order.tenant() == null) {
            throw new ProblemException(400, "The tenant is missing.", "The body is {\"tenant\": \"…\"}.");
        }
        Optional<Map<String, String>> failures;
        try (Scope dispatcher = Tracing.writer(ctx.header("traceparent")).makeCurrent()) {
            failures = operations.syncTenant(order.tenant());
        }
        ctx.status(failures.filter(f -> !f.isEmpty()).isPresent() ? 503 : 200);
        Json.answer(ctx, new Outcome(order.tenant(), failures.isPresent(), failures.orElse(Map.of())));
    }
}
