package dev.tideline.directory.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.opentelemetry.api.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the routes, and registers them. */
public final class Api {

    /** The version of the signed-in user after the request: a token for an older version is out of date. */
    public static final String USER_VERSION = "X-User-Version";

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private final List<Route> routes = new ArrayList<>();

    public Route get(String path, Access access, String summary) {
        return add("GET", path, access, summary);
    }

    public Route post(String path, Access access, String summary) {
        return add("POST", path, access, summary);
    }

    public Route put(String path, Access access, String summary) {
        return add("PUT", path, access, summary);
    }

    public Route patch(String path, Access access, String summary) {
        return add("PATCH", path, access, summary);
    }

    public Route delete(String path, Access access, String summary) {
        return add("DELETE", path, access, summary);
    }

    private Route add(String method, String path, Access access, String summary) {
        Route route = new Route(method, path, access, summary);
        routes.add(route);
        return route;
    }

    List<Route> routes() {
        return routes;
    }

    /** Registers the routes with the server. */
    public void register(RoutesConfig server, Gate gate, Tracer tracer) {
        for (Route route : routes) {
            server.addHttpHandler(
                    HandlerType.findOrCreate(route.method),
                    route.path,
                    context -> RequestSpan.around(tracer, route, context, () -> answer(route, gate, context)));
        }
        server.exception(
                ApiException.class, (e, context) -> context.status(e.status()).json(e.body()));
        server.exception(Exception.class, (e, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), e);
            context.status(500)
                    .json(new ApiException(500, "INTERNAL_ERROR", "The server failed; its log says how").body());
        });
        server.error(404, context -> {
            String type = context.res().getContentType();
            if (type == null || !type.startsWith("application/json")) {
                context.json(new ApiException(404, "NOT_FOUND", "There is nothing at " + context.path()).body());
            }
        });
    }

    private static void answer(Route route, Gate gate, Context context) {
        Caller caller = gate.admit(context, route.access);
        RequestSpan.isFor(caller);
        Object body = route.answer.to(new Call(context, caller));
        if (caller.signedIn().isPresent()) {
            context.header(USER_VERSION, Long.toString(gate.versionOf(caller)));
        }
        if (context.result() == null && body == null) {
            context.status(204);
        } else if (body != null) {
            context.status(route.status).json(body);
        }
    }
}
