package dev.tideline.collector;

import dev.tideline.collector.query.Telemetry;
import dev.tideline.collector.receive.OtlpFront;
import dev.tideline.collector.store.TelemetryStore;
import dev.tideline.collector.web.PageFront;
import dev.tideline.web.HostRules;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * An OTLP collector for one developer's machine: a receiver on one port, a page and a query API on another, and
 * everything in bounded memory. Thread-safe; {@link #close} returns quickly, and answers open waits.
 */
public final class Collector implements AutoCloseable {

    /** Long enough that an exporter that sends once a minute never uses a connection that is just being closed. */
    private static final int IDLE_MILLIS = (int) Duration.ofMinutes(5).toMillis();

    private static final int IO_THREADS = 2;
    private static final int WORKERS = 8;

    private final CollectorConfig config;
    private final TelemetryStore store;
    private final Telemetry telemetry;
    private final XnioWorker worker;
    private final Undertow otlp;
    private final Undertow page;

    private Collector(CollectorConfig config) {
        this.config = config;
        CollectorLimits limits = config.limits();
        this.store = new TelemetryStore(limits.spans(), limits.logs(), limits.metrics());
        this.telemetry = new Telemetry(store, limits.waits());
        HostRules hosts = new HostRules(config.allowedHosts());
        OtlpFront front = new OtlpFront(store, limits, hosts);
        this.worker = worker();
        try {
            this.otlp = listen("OTLP/HTTP receiver", config.otlpPort(), otlpHandler(front), front.readBytes());
        } catch (CollectorException e) {
            end();
            throw e;
        }
        try {
            this.page = listen(
                    "traces page",
                    config.pagePort(),
                    new PageFront(telemetry, limits.longestWait(), hosts, otlpUrl() + "/v1/traces"),
                    UndertowOptions.DEFAULT_MAX_ENTITY_SIZE);
        } catch (CollectorException e) {
            otlp.stop();
            end();
            throw e;
        }
    }

    /**
     * Starts a collector.
     *
     * @throws CollectorException if a port is unavailable; then nothing is left running
     */
    public static Collector start(CollectorConfig config) {
        return new Collector(config);
    }

    /** The actual port of the OTLP/HTTP receiver. */
    public int otlpPort() {
        return port(otlp);
    }

    /** The actual port of the page and the query API. */
    public int pagePort() {
        return port(page);
    }

    /** Base URL of the receiver, for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    public String otlpUrl() {
        return url(otlpPort());
    }

    /** URL of the page, and base URL of the query API. */
    public String pageUrl() {
        return url(pagePort());
    }

    public TelemetryStore store() {
        return store;
    }

    /** Searches and waits from within the JVM. */
    public Telemetry telemetry() {
        return telemetry;
    }

    @Override
    public void close() {
        telemetry.close();
        page.stop();
        otlp.stop();
        worker.shutdownNow();
    }

    /** Without this, Undertow lets a client wait that asks before it sends a large body. */
    private static HttpHandler otlpHandler(OtlpFront front) {
        return new HttpContinueReadHandler(new BlockingHandler(front));
    }

    private void end() {
        telemetry.close();
        worker.shutdownNow();
    }

    /**
     * If a body is larger than {@code readBytes}, Undertow closes the connection. For a body of unknown length it needs
     * the limit before any handler runs.
     */
    private Undertow listen(String what, int port, HttpHandler handler, long readBytes) {
        Undertow server = Undertow.builder()
                .addListener(new Undertow.ListenerBuilder()
                        .setType(Undertow.ListenerType.HTTP)
                        .setHost(config.bind())
                        .setPort(port)
                        .setRootHandler(handler)
                        .setOverrideSocketOptions(OptionMap.EMPTY))
                .setWorker(worker)
                // For clients of gRPC, which begin with HTTP/2 at once.
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, IDLE_MILLIS)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, readBytes)
                .setSocketOption(Options.WRITE_TIMEOUT, 60_000)
                .build();
        try {
            server.start();
            return server;
        } catch (RuntimeException e) {
            server.stop();
            throw new CollectorException(
                    "The collector's " + what + " cannot listen on " + config.bind() + ":" + port + ": "
                            + rootMessage(e) + ". Stop what holds the port, or choose another port prefix.",
                    e);
        }
    }

    /** One for both ports: half the threads of two. */
    private static XnioWorker worker() {
        try {
            return Xnio.getInstance(Undertow.class.getClassLoader())
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_NAME, "collector")
                            .set(Options.WORKER_IO_THREADS, IO_THREADS)
                            .set(Options.WORKER_TASK_CORE_THREADS, WORKERS)
                            .set(Options.WORKER_TASK_MAX_THREADS, WORKERS)
                            .set(Options.THREAD_DAEMON, true)
                            .set(Options.TCP_NODELAY, true)
                            .getMap());
        } catch (IOException e) {
            throw new CollectorException("The collector cannot open a selector: " + e.getMessage(), e);
        }
    }

    private String url(int port) {
        boolean any = config.bind().equals("0.0.0.0") || config.bind().equals("::");
        String host = any ? "127.0.0.1" : config.bind();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static int port(Undertow server) {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
