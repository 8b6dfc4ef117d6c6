package dev.tideline.sync.admin;

import dev.tideline.sync.SyncOperations;
import dev.tideline.sync.status.History;
import dev.tideline.sync.status.Status;
import dev.tideline.sync.status.StatusQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

/** The status, and its changes. */
record StatusRoutes(SyncOperations operations) {

    /**
     * @param intervalMs approximate time between two points
     */
    private record Points(int intervalMs, List<History.Point> points) {}

    private record Targets(List<Status.Target> externalDatabases, Status.Page page) {}

    void add(RoutesConfig routes) {
        routes.get("/api/v1/status", ctx -> Json.answer(ctx, operations.status(Query.status(ctx))));
        routes.get("/api/v1/history", ctx -> Json.answer(ctx, new Points(1000, history(Query.time(ctx, "since")))));
        routes.get("/api/v1/external-databases", this::targets);
    }

    private List<History.Point> history(OffsetDateTime since) {
        return operations.history().stream()
                .filter(point -> since == null || point.at().isAfter(since))
                .toList();
    }

    private void targets(Context ctx) throws SQLException {
        StatusQuery query = Query.status(ctx);
        Status status = operations.status(query);
        Json.answer(ctx, new Targets(status.externalDatabases(), status.page()));
    }
}
