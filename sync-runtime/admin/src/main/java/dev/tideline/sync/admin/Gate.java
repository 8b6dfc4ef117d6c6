package dev.tideline.sync.admin;

import dev.tideline.sync.config.AdminConfig;
import dev.tideline.sync.config.Sha256;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the rights of every request before anything else. A request needs a token, or a browser's session together
 * with proof that it comes from our page. Safe for use by many threads.
 */
final class Gate {

    static final String COOKIE = "tideline_session";

    /** A page of another origin cannot send it without a preflight request, which is never granted. */
    static final String PROOF = "X-Tideline-Request";

    private static final Set<String> OPEN = Set.of("/healthz", "/readyz", "/login");
    private static final Set<String> CRON = Set.of("/api/v1/sequencer", "/api/v1/poller");
    private static final String SIGNED = "/api/v1/sync-engine";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final AdminToken token;
    private final Optional<byte[]> cronSecret;
    private final Hosts hosts;
    private final Sessions sessions = new Sessions(System::nanoTime);
    private final AttemptLimit logins = new AttemptLimit(5, Duration.ofSeconds(12), System::nanoTime);
    private final AttemptLimit tokens = new AttemptLimit(60, Duration.ofSeconds(1), System::nanoTime);

    Gate(AdminToken token, AdminConfig config) {
        this.token = token;
        this.cronSecret = config.cronSecret().map(Sha256::of);
        this.hosts = new Hosts(config);
    }

    void check(Context ctx) {
        Headers.secure(ctx);
        String host = ctx.header("Host");
        if (!hosts.ours(host)) {
            throw new ProblemException(
                    421,
                    "This server does not answer to that host name.",
                    "Use its address, localhost, or the name of its host.");
        }
        String origin = ctx.header("Origin");
        if (origin != null && !Hosts.same(origin, host)) {
            throw new ProblemException(403, "Pages of other sites may not use this server.", "Use its own page.");
        }
        String path = ctx.path();
        if (OPEN.contains(path) || path.startsWith("/login/") || path.startsWith("/look/") || path.equals(SIGNED)) {
            return; // the signature of the last one is checked together with its body
        }
        if (CRON.contains(path)) {
            checkCron(ctx);
        } else if (bearer(ctx).isPresent()) {
            checkToken(ctx, bearer(ctx).get());
        } else {
            checkSession(ctx, origin);
        }
    }

    private void checkCron(Context ctx) {
        boolean right = cronSecret.isPresent()
                && bearer(ctx)
                        .filter(given -> MessageDigest.isEqual(cronSecret.get(), Sha256.of(given)))
                        .isPresent();
        limited(ctx, tokens, right);
        if (!right) {
            throw unauthorized(
                    ctx,
                    cronSecret.isEmpty()
                            ? "The cron endpoints are closed, because admin.cron_secret is not set."
                            : "Send the header Authorization: Bearer with admin.cron_secret.");
        }
        ctx.attribute("actor", "cron");
    }

    private void checkToken(Context ctx, String given) {
        boolean right = token.matches(given);
        limited(ctx, tokens, right);
        if (!right) {
            throw unauthorized(ctx, "The token is not this server's.");
        }
        ctx.attribute("actor", "token");
    }

    private void checkSession(Context ctx, String origin) {
        if (!sessions.isOpen(ctx.cookie(COOKIE))) {
            if (ctx.path().equals("/")) {
                ctx.redirect("/login");
                ctx.skipRemainingHandlers();
                return;
            }
            throw unauthorized(ctx, "Send the header Authorization: Bearer with the admin token, or log in at /login.");
        }
        if (!SAFE.contains(ctx.req().getMethod()) && (origin == null || ctx.header(PROOF) == null)) {
            throw new ProblemException(
                    403,
                    "The request does not prove that it comes from this server's page.",
                    "A session's request that changes something needs the headers Origin and " + PROOF + ".");
        }
        ctx.attribute("actor", "session");
    }

    private static void limited(Context ctx, AttemptLimit limit, boolean right) {
        long wait = limit.wait(ctx.ip());
        if (wait > 0) {
            ctx.header("Retry-After", String.valueOf(wait));
            throw new ProblemException(
                    429, "There were too many failed attempts from this address.", "Try again in " + wait + " s.");
        }
        if (!right) {
            limit.failed(ctx.ip());
        }
    }

    private static ProblemException unauthorized(Context ctx, String detail) {
        ctx.header("WWW-Authenticate", "Bearer realm=\"tideline\"");
        return new ProblemException(401, "This request needs authentication.", detail);
    }

    private static Optional<String> bearer(Context ctx) {
        return Optional.ofNullable(ctx.header("Authorization"))
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("bearer "))
                .map(header -> header.substring("bearer ".length()).strip());
    }

    /** Begins a browser's session if the token is right. */
    void login(Context ctx, String given) {
        boolean right = given != null && token.matches(given);
        limited(ctx, logins, right);
        if (!right) {
            throw new ProblemException(
                    401, "That is not the token.", "The runtime printed where the token is when it started.");
        }
        ctx.cookie(cookie(ctx, sessions.begin(), (int) Sessions.LIFETIME.toSeconds()));
    }

    void logout(Context ctx) {
        sessions.end(ctx.cookie(COOKIE));
        ctx.cookie(cookie(ctx, "", 0));
    }

    private static Cookie cookie(Context ctx, String value, int seconds) {
        return new Cookie(
                COOKIE,
                value,
                "/",
                seconds,
                "https".equals(ctx.header("X-Forwarded-Proto")) || ctx.req().isSecure(),
                true,
                null,
                SameSite.STRICT);
    }
}
