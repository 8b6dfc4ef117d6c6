package dev.tideline.collector.receive;

import dev.tideline.collector.CollectorLimits;
import dev.tideline.collector.otlp.Signal;
import dev.tideline.collector.store.TelemetryStore;
import dev.tideline.web.HostRules;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OTLP port: checks sender, method and path. A page of a foreign site could reach a loopback port through the
 * visitor's browser: its {@code Origin} gives it away, or after DNS rebinding its {@code Host}. Must be called on a
 * thread that may block.
 */
public final class OtlpFront implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OtlpFront.class);
    private static final String ALLOWED = "POST, OPTIONS";
    private static final String PATHS =
            Arrays.stream(Signal.values()).map(Signal::path).collect(Collectors.joining(", "));

    /** How much of a rejected body is read and discarded, beyond the largest that is accepted. */
    private static final long DRAINED = 64L << 20;

    private final HostRules hosts;
    private final OtlpReceiver receiver;
    private final long readBytes;

    public OtlpFront(TelemetryStore store, CollectorLimits limits, HostRules hosts) {
        this.hosts = hosts;
        this.receiver = new OtlpReceiver(store, limits);
        this.readBytes = Math.min(limits.bodyBytes(), Long.MAX_VALUE - DRAINED) + DRAINED;
    }

    /** The largest body, in bytes, that the listener has to accept. */
    public long readBytes() {
        return readBytes;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        try {
            checkAccess(exchange);
            route(exchange);
        } catch (RefusedException e) {
            receiver.answers().refuse(exchange, e.status());
        } catch (Exception e) {
            LOG.error("OTLP request to {} failed", exchange.getRequestPath(), e);
            receiver.answers().refuse(exchange, OtlpStatus.of(500, "the collector failed; its log says why"));
        }
    }

    private void checkAccess(HttpServerExchange exchange) throws RefusedException {
        HeaderMap headers = exchange.getRequestHeaders();
        String host = headers.getFirst(Headers.HOST);
        if (!hosts.allowsHost(host)) {
            throw new RefusedException(OtlpStatus.of(403, hosts.refusal(host, "collector")));
        }
        String origin = headers.getFirst(Headers.ORIGIN);
        if (origin != null) {
            if (!hosts.allowsOrigin(origin)) {
                throw new RefusedException(
                        OtlpStatus.of(403, "pages of " + origin + " may not send here; only those of loopback hosts"));
            }
            exchange.getResponseHeaders()
                    .put(Headers.VARY, "Origin")
                    .put(new HttpString("Access-Control-Allow-Origin"), origin);
        }
    }

    private void route(HttpServerExchange exchange) throws Exception {
        Optional<Signal> signal = Arrays.stream(Signal.values())
                .filter(s -> exchange.getRequestPath().equals(pathOf(s, exchange)))
                .findFirst();
        if (signal.isEmpty()) {
            throw new RefusedException(OtlpStatus.of(
                    404,
                    "nothing is at " + exchange.getRequestPath() + "; this OTLP receiver takes " + PATHS
                            + ", and OTLP/gRPC"));
        }
        if (exchange.getRequestMethod().equals(Methods.POST)) {
            receiver.export(exchange, signal.get());
        } else if (exchange.getRequestMethod().equals(Methods.OPTIONS)) {
            preflight(exchange);
        } else {
            exchange.getResponseHeaders().put(Headers.ALLOW, ALLOWED);
            throw new RefusedException(
                    OtlpStatus.of(405, exchange.getRequestPath() + " takes POST, not " + exchange.getRequestMethod()));
        }
    }

    private static String pathOf(Signal signal, HttpServerExchange exchange) {
        boolean grpc = Encoding.of(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE))
                .filter(Encoding.GRPC::equals)
                .isPresent();
        return grpc ? signal.grpcPath() : signal.path();
    }

    private static void preflight(HttpServerExchange exchange) {
        HeaderMap asked = exchange.getRequestHeaders();
        HeaderMap answer = exchange.getResponseHeaders();
        answer.put(Headers.ALLOW, ALLOWED).put(new HttpString("Access-Control-Allow-Methods"), "POST");
        String headers = asked.getFirst("Access-Control-Request-Headers");
        if (headers != null && headers.matches("[A-Za-z0-9\\-_, ]{1,1000}")) {
            answer.put(new HttpString("Access-Control-Allow-Headers"), headers);
        }
        if ("true".equals(asked.getFirst("Access-Control-Request-Private-Network"))) {
            answer.put(new HttpString("Access-Control-Allow-Private-Network"), "true");
        }
        answer.put(new HttpString("Access-Control-Max-Age"), "600");
        exchange.setStatusCode(204).endExchange();
    }
}
