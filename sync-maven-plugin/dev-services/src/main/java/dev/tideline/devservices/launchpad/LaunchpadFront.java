package dev.tideline.devservices.launchpad;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tideline.web.HostRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may ask, what there is, and the headers of every answer. Nothing here changes anything. Thread-safe. */
final class LaunchpadFront implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LaunchpadFront.class);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SVG = "image/svg+xml";
    private static final String SWATCH = "/swatch/";

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
                            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cache-Control", "no-store");

    /** A picture is a document too where it is opened on its own: ours carries its colour with it. */
    private static final String POLICY_OF_SVG = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private final HostRules hosts;
    private final Surroundings surroundings;

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
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.text(405, "The launchpad only shows; it takes GET and HEAD.");
        }
        String path = exchange.getRequestURI().getPath();
        return switch (path) {
            case "/" -> new Answer(200, "text/html; charset=utf-8", LaunchpadPage.of(surroundings.look()));
            case "/api/v1/workspace" -> new Answer(200, "application/json", LaunchpadJson.of(surroundings.look()));
            case "/healthz" -> new Answer(200, "application/json", "{\"status\":\"up\"}\n");
            case "/assets/launchpad.css" -> new Answer(200, CSS, resource("launchpad.css"));
            case "/assets/launchpad.js" -> new Answer(200, "text/javascript; charset=utf-8", resource("launchpad.js"));
            case "/assets/colour.css" -> new Answer(200, CSS, own().css());
            case "/favicon.ico", "/favicon.svg" -> new Answer(200, SVG, own().svg());
            default ->
                path.matches(SWATCH + "[1-9][0-9]{1,2}\\.svg")
                        ? new Answer(200, SVG, swatch(path).svg())
                        : Answer.text(404, "There is nothing at " + path + ".");
        };
    }

    private PrefixColour own() {
        return PrefixColour.of(surroundings.prefix().value());
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
