package dev.tideline.devservices.launchpad;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tideline.web.Face;
import dev.tideline.web.HostRules;
import dev.tideline.web.PrefixColour;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes requests, checks who may send them, and sets the headers of every answer. Starting or stopping a service
 * requires a token that only the launchpad's own page has, and an origin. Thread-safe.
 */
final class LaunchpadFront implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LaunchpadFront.class);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String SVG = "image/svg+xml";
    private static final String SWATCH = "/swatch/";
    private static final Pattern CONTROL = Pattern.compile("/api/v1/services/([a-z0-9-]+)/(start|restart|stop|log)");

    /** The header of the token; no form can send it, and no page of another origin may. */
    private static final String TOKEN = "X-Launchpad-Token";

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
                            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cache-Control", "no-store");

    /** An SVG opened on its own is a document, too, and contains its own colours. */
    private static final String POLICY_OF_SVG = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private final HostRules hosts;
    private final Surroundings surroundings;
    private final String token = UUID.randomUUID().toString();

    LaunchpadFront(HostRules hosts, Surroundings surroundings) {
        this.hosts = hosts;
        this.surroundings = surroundings;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (RuntimeException fault) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), fault);
                answer = Answer.text(500, "The launchpad failed; its log says why.");
            }
            send(exchange, answer);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (!hosts.allowsHost(host)) {
            return Answer.text(403, hosts.refusal(host, "launchpad"));
        }
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        Matcher control = CONTROL.matcher(path);
        if (control.matches()) {
            return control(exchange, method, control.group(1), control.group(2));
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.text(405, path + " accepts only GET and HEAD.");
        }
        Face face =
                Face.of(host, Face.Page.LAUNCHPAD).with(surroundings.prefix().value());
        return switch (path) {
            case "/" -> new Answer(200, "text/html; charset=utf-8", LaunchpadPage.of(surroundings.look(), face, token));
            case "/api/v1/workspace" -> new Answer(200, "application/json", LaunchpadJson.of(surroundings.look()));
            case "/healthz" -> new Answer(200, "application/json", "{\"status\":\"up\"}\n");
            case "/assets/launchpad.css" -> new Answer(200, "text/css; charset=utf-8", resource("launchpad.css"));
            case "/assets/launchpad.js" -> new Answer(200, "text/javascript; charset=utf-8", resource("launchpad.js"));
            default ->
                path.matches(SWATCH + "[1-9][0-9]{1,2}\\.svg")
                        ? new Answer(200, SVG, swatch(path).svg())
                        : face.asset(path)
                                .map(asset -> new Answer(200, asset.contentType(), asset.body()))
                                .orElse(Answer.text(404, "There is nothing at " + path + "."));
        };
    }

    private Answer control(HttpExchange exchange, String method, String service, String what) {
        String expected = what.equals("log") ? "GET" : "POST";
        if (!method.equals(expected)) {
            exchange.getResponseHeaders().set("Allow", expected);
            return Answer.text(405, "This takes " + expected + ".");
        }
        Headers asked = exchange.getRequestHeaders();
        String origin = asked.getFirst("Origin");
        boolean fromHere = what.equals("log") || origin != null && hosts.sameOrigin(origin, asked.getFirst("Host"));
        if (!fromHere || !hasToken(asked.getFirst(TOKEN))) {
            return Answer.text(
                    403, "Only the launchpad's own page may do this. Reload it if it has been open for long.");
        }
        if (what.equals("log")) {
            return surroundings
                    .controls()
                    .log(service)
                    .map(lines -> new Answer(200, TEXT, String.join("\n", lines)))
                    .orElse(Answer.text(404, "Service " + service + " was not started here."));
        }
        return surroundings.tell(service, what)
                ? Answer.text(202, "In progress.")
                : Answer.text(409, "Service " + service + " was not started here, or is being started or stopped.");
    }

    private boolean hasToken(String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private static PrefixColour swatch(String path) {
        return PrefixColour.of(Integer.parseInt(path.substring(SWATCH.length(), path.indexOf('.'))));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = LaunchpadFront.class.getResourceAsStream("/dev/tideline/devservices/launchpad/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        ALWAYS.forEach(headers::set);
        if (answer.type().equals(SVG)) {
            headers.set("Content-Security-Policy", POLICY_OF_SVG);
        }
        headers.set("Content-Type", answer.type());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private record Answer(int status, String type, String body) {

        static Answer text(int status, String sentence) {
            return new Answer(status, TEXT, sentence + "\n");
        }
    }
}
