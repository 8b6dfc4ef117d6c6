package dev.tideline.mail.http;

import dev.tideline.mail.fault.Faults;
import dev.tideline.mail.store.MailStore;
import dev.tideline.mail.tls.Certificate;
import dev.tideline.web.HostRules;
import dev.tideline.web.Problem;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.Options;

/** The HTTP server. It checks in one place who may send requests. */
public final class HttpFront implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final long LARGEST_BODY = 64 * 1024;
    private static final int LARGEST_HEADER = 64 * 1024;

    private static final Map<HttpString, String> ALWAYS = Map.of(
            new HttpString("X-Content-Type-Options"), "nosniff",
            new HttpString("Referrer-Policy"), "no-referrer",
            new HttpString("Cross-Origin-Resource-Policy"), "same-origin",
            new HttpString("Cache-Control"), "no-store");

    private final HostRules hosts;
    private final MailboxApi api;
    private final FaultApi faultApi;
    private final ServedMail served;
    private final Page page = new Page();
    private final HttpHandler monitor;
    private final Undertow server;
    private final Waiters waiters;
    private final int mailboxSize;

    /**
     * Starts listening.
     *
     * @param port 0 for a free one
     * @param certificate that clients of SMTP and POP3 have to trust, if there is TLS
     * @param addedHosts host names to accept besides those of the loopback; {@code *} accepts any
     * @param timer ends waits and pings websockets
     * @throws RuntimeException if the port is taken, with a {@link java.net.BindException} as cause
     */
    public HttpFront(
            InetAddress address,
            int port,
            MailStore store,
            Faults faults,
            Optional<Certificate> certificate,
            Set<String> addedHosts,
            ScheduledExecutorService timer) {
        hosts = new HostRules(addedHosts);
        mailboxSize = store.mailboxSize();
        api = new MailboxApi(store, certificate);
        faultApi = new FaultApi(faults);
        served = new ServedMail(store);
        monitor = Handlers.websocket(new Monitor(store, timer));
        server = Undertow.builder()
                .addHttpListener(port, address.getHostAddress(), this::receive)
                .setIoThreads(2)
                // They never block, but parse mail, so this bounds the number of parsed messages in the heap.
                .setWorkerThreads(4)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_ENCODED_SLASH, true)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, LARGEST_BODY)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, LARGEST_HEADER)
                .setSocketOption(Options.WRITE_TIMEOUT, 60_000)
                .build();
        waiters = new Waiters(store, timer, task -> server.getWorker().execute(task));
        server.start();
    }

    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void receive(HttpServerExchange exchange) throws Exception {
        ALWAYS.forEach((name, value) -> exchange.getResponseHeaders().put(name, value));
        try {
            String host = authorize(exchange);
            RequestPath path = path(exchange);
            if (path.startsWith("api", "v1", "monitor", "messages") && path.length() <= 5) {
                if (path.length() == 5) {
                    MailboxApi.mailbox(path.element(4));
                }
                monitor.handleRequest(exchange);
                return;
            }
            Request request = new Request(
                    exchange.getRequestMethod().toString().replace("HEAD", "GET"),
                    path,
                    query(exchange),
                    exchange.getRequestScheme() + "://" + host,
                    new byte[0]);
            if (path.startsWith("api", "v1", "mailbox")
                    && path.length() == 5
                    && path.element(4).equals("wait")) {
                await(exchange, request);
            } else if (Set.of("PATCH", "POST").contains(request.method())) {
                exchange.getRequestReceiver()
                        .receiveFullBytes(
                                (received, body) -> answer(
                                        received,
                                        new Request(request.method(), path, request.query(), request.base(), body)),
                                (received, failure) ->
                                        send(received, Reply.problem(new Problem(413, "the body is too large"))));
            } else {
                exchange.dispatch(() -> answer(exchange, request));
            }
        } catch (Problem problem) {
            send(exchange, Reply.problem(problem));
        }
    }

    private String authorize(HttpServerExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        if (host == null) {
            // HTTP/1.0 only, so no browser that could be tricked.
            return "localhost:" + port();
        }
        if (!hosts.allowsHost(host)) {
            throw new Problem(403, hosts.refusal(host, "mail server"));
        }
        boolean reads =
                Set.of("GET", "HEAD").contains(exchange.getRequestMethod().toString())
                        && !exchange.getRequestHeaders().contains(Headers.UPGRADE);
        String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
        if (!reads && origin != null && !hosts.sameOrigin(origin, host)) {
            throw new Problem(403, "a page of '" + origin + "' may not use this mail server");
        }
        return host;
    }

    private static RequestPath path(HttpServerExchange exchange) {
        try {
            return RequestPath.parse(exchange.getRequestPath());
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("the path cannot be read: " + e.getMessage());
        }
    }

    private static Map<String, String> query(HttpServerExchange exchange) {
        try {
            return Request.parseQuery(exchange.getQueryString());
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("the query cannot be read: " + e.getMessage());
        }
    }

    private void await(HttpServerExchange exchange, Request request) {
        WaitRequest wanted = WaitRequest.of(request, mailboxSize);
        // Once this returns the connection is parked: no thread is held until the answer is due.
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            try {
                waiters.await(wanted)
                        .thenAccept(outcome -> send(exchange, WaitReply.of(wanted, outcome, request.base())));
            } catch (Problem problem) {
                send(exchange, Reply.problem(problem));
            }
        });
    }

    private void answer(HttpServerExchange exchange, Request request) {
        Reply reply;
        try {
            if (request.path().startsWith("serve")) {
                reply = served.handle(request);
            } else if (FaultApi.isAt(request.path())) {
                reply = faultApi.handle(request);
            } else if (Page.isAt(request.path())) {
                reply = page.handle(request);
            } else {
                reply = api.handle(request);
            }
        } catch (Problem problem) {
            reply = Reply.problem(problem);
        } catch (RuntimeException fault) {
            LOG.error("{} {} failed", request.method(), exchange.getRequestPath(), fault);
            reply = Reply.problem(new Problem(500, "the mail server failed; its log says why"));
        }
        send(exchange, reply);
    }

    private static void send(HttpServerExchange exchange, Reply reply) {
        exchange.setStatusCode(reply.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, reply.contentType());
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        exchange.getResponseSender().send(ByteBuffer.wrap(reply.body()));
    }
}
