package dev.tideline.sync.admin;

import dev.tideline.sync.SyncOperations;
import dev.tideline.sync.TenantJob;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.sql.SQLException;
import java.util.List;

/** Requested syncs and resyncs. */
record TenantRoutes(SyncOperations operations) {

    /**
     * @param target only this external database; null for all
     */
    private record Part(String target, String mapping) {}

    private record Nothing() {}

    private record Jobs(List<TenantJob.Progress> jobs) {}

    void add(RoutesConfig routes) {
        routes.post("/api/v1/tenants/{tenant}/sync", this::sync);
        routes.post("/api/v1/tenants/{tenant}/resync", this::resync);
        routes.get(
                "/api/v1/jobs",
                ctx -> Json.answer(ctx, new Jobs(operations.jobs().all())));
        routes.get(
                "/api/v1/jobs/{id}",
                ctx -> Json.answer(
                        ctx, operations.jobs().find(ctx.pathParam("id")).orElseThrow(TenantRoutes::unknown)));
        routes.post(
                "/api/v1/jobs/{id}/cancel",
                ctx -> Json.answer(
                        ctx, operations.jobs().cancel(ctx.pathParam("id")).orElseThrow(TenantRoutes::unknown)));
    }

    private void sync(Context ctx) throws SQLException {
        Json.body(ctx, Nothing.class);
        started(ctx, operations.jobs().sync(ctx.pathParam("tenant")));
    }

    private void resync(Context ctx) throws SQLException {
        Part part = Json.body(ctx, Part.class);
        started(ctx, operations.jobs().resync(ctx.pathParam("tenant"), part.target(), part.mapping()));
    }

    private static void started(Context ctx, TenantJob.Progress job) {
        ctx.status(202).header("Location", "/api/v1/jobs/" + job.id());
        Json.answer(ctx, job);
    }

    private static ProblemException unknown() {
        return new ProblemException(
                404, "There is no such job.", "A runtime keeps only the last hundred jobs that it was given itself.");
    }
}
