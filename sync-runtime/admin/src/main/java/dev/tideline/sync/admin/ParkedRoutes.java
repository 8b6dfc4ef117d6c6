package dev.tideline.sync.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.tideline.sync.ParkedRetry;
import dev.tideline.sync.ParkedRows;
import dev.tideline.sync.SyncOperations;
import dev.tideline.sync.park.ParkedRow;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Parked rows. */
record ParkedRoutes(SyncOperations operations) {

    /** @param id for {@code retry} and {@code discard} */
    private record Row(String id, @JsonUnwrapped ParkedRow row) {}

    private record Rows(List<Row> rows, int page, int size) {}

    /** @param state {@code applied}, {@code refused} or {@code discarded} */
    private record Outcome(String id, String state, String error) {}

    void add(RoutesConfig routes) {
        routes.get("/api/v1/parked", this::list);
        routes.post("/api/v1/parked/{id}/retry", this::retry);
        routes.post("/api/v1/parked/{id}/discard", this::discard);
    }

    private void list(Context ctx) throws SQLException {
        int page = Query.page(ctx);
        int size = Query.size(ctx);
        List<ParkedRow> rows = operations
                .parkedRows()
                .page(
                        Query.text(ctx, "tenant"),
                        Query.text(ctx, "target"),
                        Query.text(ctx, "mapping"),
                        size,
                        (page - 1L) * size);
        Json.answer(
                ctx, new Rows(rows.stream().map(row -> new Row(id(row), row)).toList(), page, size));
    }

    private void retry(Context ctx) throws SQLException {
        ParkedRow row = named(ctx);
        ParkedRetry.Report report = operations.parkedRows().retry(row);
        if (!report.failures().isEmpty()) {
            throw report.failures().get(0);
        }
        String error = report.refused() == 0
                ? null
                : operations.parkedRows().find(of(row)).map(ParkedRow::error).orElse(null);
        Json.answer(ctx, new Outcome(id(row), report.refused() == 0 ? "applied" : "refused", error));
    }

    private void discard(Context ctx) throws SQLException {
        ParkedRow row = named(ctx);
        operations.parkedRows().discard(row);
        Json.answer(ctx, new Outcome(id(row), "discarded", null));
    }

    private ParkedRow named(Context ctx) throws SQLException {
        ProblemException unknown = new ProblemException(
                404, "There is no such parked row.", "It may have been applied or discarded; see /api/v1/parked.");
        List<String> parts;
        try {
            parts = Json.MAPPER.readValue(
                    Base64.getUrlDecoder().decode(ctx.pathParam("id")), new TypeReference<List<String>>() {});
        } catch (IOException | IllegalArgumentException e) {
            throw unknown;
        }
        if (parts == null || parts.size() < 4 || parts.contains(null)) {
            throw unknown;
        }
        return operations
                .parkedRows()
                .find(new ParkedRows.Id(parts.get(0), parts.get(1), parts.get(2), parts.subList(3, parts.size())))
                .orElseThrow(() -> unknown);
    }

    private static ParkedRows.Id of(ParkedRow row) {
        return new ParkedRows.Id(row.tenant(), row.target(), row.mapping(), row.key());
    }

    private static String id(ParkedRow row) {
        List<String> parts = new ArrayList<>(List.of(row.tenant(), row.target(), row.mapping()));
        parts.addAll(row.key());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(parts));
    }
}
