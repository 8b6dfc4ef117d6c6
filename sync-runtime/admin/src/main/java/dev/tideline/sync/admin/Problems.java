package dev.tideline.sync.admin;

import dev.tideline.sync.UnknownNameException;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.error.SyncException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers rejected requests according to RFC 9457. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final String ELSEWHERE = "/api/v1/openapi.json lists all paths.";

    private Problems() {}

    /**
     * @param type {@code about:blank}, because title and status say it all
     */
    record Answer(String type, String title, int status, String detail, String instance) {}

    static void answerWith(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, ctx) -> answer(ctx, e.status(), e.getMessage(), e.detail()));
        routes.exception(
                UnknownNameException.class,
                (e, ctx) -> answer(ctx, 404, "There is nothing with that name.", sentence(e.getMessage())));
        routes.exception(
                ConfigException.class,
                (e, ctx) -> answer(
                        ctx,
                        422,
                        "The address is invalid.",
                        e.problems().stream().map(Problem::message).collect(Collectors.joining("\n"))));
        routes.exception(HttpResponseException.class, (e, ctx) -> {
            switch (e.getStatus()) {
                case 404 -> answer(ctx, 404, "There is nothing at this path.", ELSEWHERE);
                case 405 -> answer(ctx, 405, "This path does not support that method.", ELSEWHERE);
                case 413 -> answer(ctx, 413, "The body is too large.", "At most 64 KiB are read.");
                default -> answer(ctx, e.getStatus(), "The request cannot be answered.", "It is malformed.");
            }
        });
        routes.exception(
                EofException.class,
                (e, ctx) -> answer(ctx, 400, "The body cannot be read.", "It ended early, or a chunk is malformed."));
        routes.exception(SQLException.class, (e, ctx) -> {
            LOG.warn("{} {}: the source does not answer: {}", ctx.method(), ctx.path(), e.toString());
            answer(ctx, 503, "The source does not answer.", "Try again in a moment; the log says why.");
        });
        routes.exception(
                SyncException.class,
                (e, ctx) -> answer(ctx, 503, "This cannot be done at the moment.", sentence(e.getMessage())));
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            answer(ctx, 500, "Something went wrong here.", "The log says what.");
        });
    }

    static void answer(Context ctx, int status, String title, String detail) {
        if (ctx.res().isCommitted()) {
            return;
        }
        ctx.status(status);
        Json.answer(ctx, "application/problem+json", new Answer("about:blank", title, status, detail, ctx.path()));
    }

    private static String sentence(String text) {
        return text.isEmpty()
                ? text
                : Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.matches("(?s).*[.?!]") ? "" : ".");
    }
}
