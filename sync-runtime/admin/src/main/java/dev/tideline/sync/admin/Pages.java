package dev.tideline.sync.admin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The dashboard's files, from the jar. Those of the login page need no token. */
record Pages(Gate gate) {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json",
            "woff2", "font/woff2");

    private record Login(String token) {
        @Override
        public String toString() {
            return "Login";
        }
    }

    private record LoggedIn(boolean loggedIn) {}

    void add(RoutesConfig routes) {
        routes.get("/", ctx -> file(ctx, "index.html"));
        routes.get("/assets/<path>", ctx -> file(ctx, "assets/" + ctx.pathParam("path")));
        routes.get("/look/{name}", ctx -> file(ctx, "look/" + ctx.pathParam("name")));
        routes.get("/api/v1/openapi.json", ctx -> file(ctx, "openapi.json"));
        routes.get("/login", ctx -> file(ctx, "login/index.html"));
        routes.get("/login/{name}", ctx -> file(ctx, "login/" + ctx.pathParam("name")));
        routes.post("/login", ctx -> {
            gate.login(ctx, Json.body(ctx, Login.class).token());
            Json.answer(ctx, new LoggedIn(true));
        });
        routes.post("/logout", ctx -> {
            gate.logout(ctx);
            Json.answer(ctx, new LoggedIn(false));
        });
    }

    private static void file(Context ctx, String name) throws IOException {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        boolean plain = name.matches("[A-Za-z0-9_/.-]+") && !name.contains("..") && TYPES.containsKey(ending);
        try (InputStream in = plain ? Pages.class.getResourceAsStream("page/" + name) : null) {
            if (in == null) {
                throw new ProblemException(
                        404, "There is nothing at this path.", "/api/v1/openapi.json lists all paths.");
            }
            ctx.contentType(TYPES.get(ending)).result(in.readAllBytes());
        }
    }
}
