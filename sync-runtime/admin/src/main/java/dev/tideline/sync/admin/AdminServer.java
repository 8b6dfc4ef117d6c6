package dev.tideline.sync.admin;

import dev.tideline.sync.SyncOperations;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.config.AdminConfig;
import dev.tideline.sync.error.SyncException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API, the dashboard and the metrics of a runtime, configured by {@code admin}. Close it before the runtime.
 * Safe for use by many threads.
 *
 * <pre>{@code
 * try (SyncRuntime runtime = SyncRuntime.start(config);
 *         AdminServer admin = AdminServer.start(runtime)) {
 *     System.out.println(admin.loginLink());
 *     …
 * }
 * }</pre>
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

    /** For what is answered at once; whatever may take longer has threads beside these. */
    private static final int THREADS = 16;

    private static final int LASTING = EventStream.CLIENTS
            + SyncEngineRoute.AT_ONCE
            + CronRoutes.AT_ONCE
            + AddressRoute.AT_ONCE
            + AlertRoute.AT_ONCE;

    private static final long LARGEST_BODY = 64 * 1024;

    private final Javalin server;
    private final EventStream events;
    private final Metrics metrics;
    private final AdminToken token;
    private final AdminConfig config;

    private AdminServer(Javalin server, EventStream events, Metrics metrics, AdminToken token, AdminConfig config) {
        this.server = server;
        this.events = events;
        this.metrics = metrics;
        this.token = token;
        this.config = config;
    }

    /** The API cannot be served; the message says why, and what to do. */
    public static final class UnavailableException extends SyncException {

        UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Starts it, and returns when it answers. A generated token is kept in {@code ~/.tideline}.
     *
     * @throws UnavailableException if it cannot listen, or cannot store a token
     */
    public static AdminServer start(SyncRuntime runtime) {
        return start(
                runtime,
                runtime.config().admin(),
                TokenFolder.ofThisProcess(System.getenv()).path());
    }

    /**
     * Starts it, and returns when it answers.
     *
     * @param folder where a generated token is kept
     * @throws UnavailableException if it cannot listen, or cannot store a token
     */
    public static AdminServer start(SyncRuntime runtime, Path folder) {
        return start(runtime, runtime.config().admin(), Optional.of(folder));
    }

    /**
     * @param folder for a generated token; empty if there is none
     */
    static AdminServer start(SyncRuntime runtime, AdminConfig config, Optional<Path> folder) {
        AdminToken token;
        try {
            token = AdminToken.of(config, folder);
        } catch (UncheckedIOException e) {
            throw new UnavailableException("the admin port stays closed: " + e.getMessage(), e);
        }
        SyncOperations operations = runtime.operations();
        EventStream events = new EventStream(operations);
        Metrics metrics = new Metrics(operations);
        Gate gate = new Gate(token, config);
        Javalin server = Javalin.create(javalin -> {
            configure(javalin);
            javalin.routes.before(gate::check);
            Problems.answerWith(javalin.routes);
            new Pages(gate).add(javalin.routes);
            new StatusRoutes(operations).add(javalin.routes);
            javalin.routes.get("/api/v1/events", events::serve);
            new FuseRoutes(operations).add(javalin.routes);
            new TenantRoutes(operations).add(javalin.routes);
            new AddressRoute(operations).add(javalin.routes);
            new ParkedRoutes(operations).add(javalin.routes);
            new RequestRoutes(operations).add(javalin.routes);
            new AlertRoute(operations).add(javalin.routes);
            new CronRoutes(operations).add(javalin.routes);
            new SyncEngineRoute(operations).add(javalin.routes);
            metrics.add(javalin.routes);
            new HealthRoutes(operations).add(javalin.routes);
        });
        try {
            server.start(config.bind(), config.port());
        } catch (JavalinException e) {
            events.close();
            metrics.close();
            server.stop();
            throw new UnavailableException(
                    "nothing can listen at " + config.bind() + ":" + config.port()
                            + ": it is taken, or not an address of this host. Set admin.port or admin.bind",
                    e);
        }
        LOG.info("the admin API answers at {}", address(config.bind(), server.port()));
        return new AdminServer(server, events, metrics, token, config);
    }

    private static void configure(JavalinConfig javalin) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.http.prefer405over404 = true;
        javalin.http.maxRequestSize = LARGEST_BODY;
        javalin.http.generateEtags = false;
        javalin.jetty.threadPool = new QueuedThreadPool(THREADS + LASTING, 2, 60_000);
        javalin.router.ignoreTrailingSlashes = false;
        javalin.jetty.modifyServer(jetty -> jetty.setErrorHandler(new MalformedRequests()));
        // A body is read before a thread is taken, so that whoever sends it slowly holds none.
        javalin.jetty.modifyServer(jetty -> jetty.insertHandler(new EagerContentHandler(
                new EagerContentHandler.RetainedContentLoaderFactory((int) LARGEST_BODY, -1, false))));
        javalin.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            // A tenant's id may contain a slash.
            http.setUriCompliance(UriCompliance.DEFAULT.with(
                    "tenants",
                    UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                    UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        });
        javalin.jetty.modifyServletContextHandler(
                context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Its address, for users of this host. */
    public String url() {
        return address(config.bind(), port());
    }

    private static String address(String bind, int port) {
        boolean everywhere = new InetSocketAddress(bind, port).getAddress() != null
                && new InetSocketAddress(bind, port).getAddress().isAnyLocalAddress();
        String host = everywhere ? "127.0.0.1" : bind.contains(":") ? "[" + bind + "]" : bind;
        return "http://" + host + ":" + port;
    }

    /** A link that logs in whoever opens it, if the token was generated. Keep it secret. */
    public Optional<String> loginLink() {
        // After the #, so that browsers do not send it and no log contains it.
        return token.file().map(file -> url() + "/login#" + token.secret());
    }

    /** The file that the token was generated into; empty if one is configured. */
    public Optional<Path> tokenFile() {
        return token.file();
    }

    /** Makes all listeners check whether something has changed. */
    void publish() {
        events.publish();
    }

    /** Ends the streams, lets other answers end, and stops listening. */
    @Override
    public void close() {
        events.close();
        server.stop();
        metrics.close();
    }
}
