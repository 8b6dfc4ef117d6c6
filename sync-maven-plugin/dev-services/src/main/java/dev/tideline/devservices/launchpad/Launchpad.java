package dev.tideline.devservices.launchpad;

import com.sun.net.httpserver.HttpServer;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.web.DaemonThreads;
import dev.tideline.web.HostRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The launchpad's server, on 127.0.0.1 only. It uses the JDK's server, which starts in a fraction of the time that
 * others take, and serves one person. Thread-safe.
 */
public final class Launchpad implements AutoCloseable {

    private static final int WORKERS = 4;

    /** In seconds; a slow request must not occupy a worker forever. */
    private static final String LONGEST_REQUEST = "10";

    private final LaunchpadConfig config;
    private final HttpServer server;
    private final Surroundings surroundings;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, DaemonThreads.named("launchpad"));

    private Launchpad(LaunchpadConfig config, PrefixRegistry registry) throws IOException {
        this.config = config;
        System.setProperty("sun.net.httpserver.maxReqTime", LONGEST_REQUEST);
        System.setProperty("sun.net.httpserver.maxRspTime", LONGEST_REQUEST);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), config.port()), 0);
        surroundings = new Surroundings(config, registry, System::nanoTime);
        server.createContext("/", new LaunchpadFront(new HostRules(config.allowedHosts()), surroundings));
        server.setExecutor(workers);
        server.start();
    }

    /**
     * Starts a launchpad.
     *
     * @param registry of all workspaces
     * @throws IOException if the port is unavailable
     */
    public static Launchpad start(LaunchpadConfig config, PrefixRegistry registry) throws IOException {
        return new Launchpad(config, registry);
    }

    /** Its address, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + config.port();
    }

    @Override
    public void close() {
        server.stop(0);
        surroundings.close();
        workers.shutdownNow();
    }
}
