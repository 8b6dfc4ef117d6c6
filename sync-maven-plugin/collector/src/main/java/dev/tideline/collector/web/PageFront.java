package dev.tideline.collector.web;

import dev.tideline.collector.query.BadQueryException;
import dev.tideline.collector.query.Telemetry;
import dev.tideline.collector.query.TooManyWaitsException;
import dev.tideline.web.HostRules;
import dev.tideline.web.Problem;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port of the pages and the query API. Waits hold no thread. Thread-safe. */
public final class PageFront implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PageFront.class);
    private static final Map<HttpString, String> ALWAYS = Map.of(
            new HttpString("Content-Security-Policy"),
                    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
                            + " base-uri 'none'; frame-ancestors 'none'",
            new HttpString("X-Content-Type-Options"), "nosniff",
            new HttpString("Referrer-Policy"), "no-referrer",
            new HttpString("Cross-Origin-Resource-Policy"), "same-origin",
            new HttpString("Cross-Origin-Opener-Policy"), "same-origin",
            new HttpString("Cache-Control"), "no-store");

    private final HostRules hosts;
    private final QueryApi api;
    private final Pages pages;

    /**
     * @param tracesUrl where exporters send spans, for hints
     */
    public PageFront(Telemetry telemetry, Duration longestWait, HostRules hosts, String tracesUrl) {
        this.hosts = hosts;
        this.api = new QueryApi(telemetry, longestWait, tracesUrl);
        this.pages = new Pages(telemetry, tracesUrl);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        ALWAYS.forEach((name, value) -> exchange.getResponseHeaders().put(name, value));
        // On a worker, because a search reads the whole store, which would block an I/O thread.
        exchange.dispatch(() -> {
            CompletableFuture<Reply> reply = answer(exchange);
            if (reply.isDone()) {
                reply.whenComplete((done, failure) -> send(exchange, done, failure));
            } else {
                exchange.dispatch(
                        SameThreadExecutor.INSTANCE,
                        () -> reply.whenComplete((done, failure) ->
                                exchange.getConnection().getWorker().execute(() -> send(exchange, done, failure))));
            }
        });
    }

    private CompletableFuture<Reply> answer(HttpServerExchange exchange) {
        try {
            checkAccess(exchange);
            Request request = Request.of(exchange);
            return api.handle(request).orElseGet(() -> CompletableFuture.completedFuture(pages.handle(request)));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void checkAccess(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        String host = headers.getFirst(Headers.HOST);
        if (!hosts.allowsHost(host)) {
            throw new Problem(403, hosts.refusal(host, "collector"));
        }
        boolean reads =
                Set.of("GET", "HEAD").contains(exchange.getRequestMethod().toString());
        String origin = headers.getFirst(Headers.ORIGIN);
        if (!reads && origin != null && !hosts.sameOrigin(origin, host)) {
            throw new Problem(403, "a page of " + origin + " may not change anything here");
        }
    }

    private static void send(HttpServerExchange exchange, Reply reply, Throwable failure) {
        Reply sent = failure == null ? reply : failed(exchange, failure);
        exchange.setStatusCode(sent.status());
        if (sent.body().length > 0) {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, sent.contentType());
        }
        exchange.getResponseSender().send(ByteBuffer.wrap(sent.body()));
    }

    private static Reply failed(HttpServerExchange exchange, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof Problem problem) {
            return Reply.problem(problem);
        } else if (cause instanceof BadQueryException) {
            return Reply.problem(new Problem(400, cause.getMessage()));
        } else if (cause instanceof TooManyWaitsException) {
            return Reply.problem(new Problem(503, cause.getMessage()));
        } else if (cause instanceof CancellationException) {
            return Reply.problem(new Problem(503, "the collector is being stopped"));
        }
        LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestPath(), cause);
        return Reply.problem(new Problem(500, "the collector failed; its log says why"));
    }
}
