package dev.tideline.sync.admin;

import dev.tideline.sync.SyncOperations;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Liveness and readiness, without a token. A process is alive if all its loops run and it has enough memory. A runtime
 * is ready if its source answers and has its configuration installed; the source is asked at most once a second,
 * because anybody may call this.
 */
final class HealthRoutes {

    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final SyncOperations operations;
    private final AtomicReference<Found> last = new AtomicReference<>();

    HealthRoutes(SyncOperations operations) {
        this.operations = operations;
    }

    private record Answer(String status) {}

    private record Found(String status, long nanos) {}

    void add(RoutesConfig routes) {
        routes.get("/healthz", ctx -> answer(ctx, operations.trouble().orElse("ok")));
        routes.get("/readyz", this::ready);
    }

    private void ready(Context ctx) {
        answer(ctx, found());
    }

    private static void answer(Context ctx, String status) {
        ctx.status(status.equals("ok") ? 200 : 503);
        Json.answer(ctx, new Answer(status));
    }

    private synchronized String found() {
        Found known = last.get();
        if (known == null || System.nanoTime() - known.nanos() > FRESH) {
            known = new Found(look(), System.nanoTime());
            last.set(known);
        }
        return known.status();
    }

    private String look() {
        try {
            operations.ping();
            return operations.ready() ? "ok" : "another configuration is installed in the source than this runtime's";
        } catch (SQLException e) {
            return "the source does not answer";
        }
    }
}
