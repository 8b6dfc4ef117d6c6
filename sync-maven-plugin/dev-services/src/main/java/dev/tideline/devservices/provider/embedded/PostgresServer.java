package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.Detached;
import dev.tideline.devservices.process.FailureAdvice;
import dev.tideline.devservices.process.LogFile;
import dev.tideline.devservices.process.UnprivilegedLaunch;
import dev.tideline.devservices.service.PostgresService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A real Postgres server as a process of this machine, on 127.0.0.1. It outlives this JVM unless it is stopped, and another
 * JVM that builds a server with the same data directory can stop it. Methods block; one thread at a time.
 *
 * <pre>{@code
 * try (PostgresServer server = PostgresServer.builder()
 *         .binaries(PostgresBinaries.in(Path.of("target/postgres-jars"), 16))
 *         .dataDirectory(folder)
 *         .durability(Durability.FAST)
 *         .build()
 *         .start()) {
 *     DriverManager.getConnection(server.jdbcUrl("postgres"));
 * }
 * }</pre>
 */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = PostgresService.USER;

    public static final String PASSWORD = PostgresService.PASSWORD;

    /** The database that always exists. */
    public static final String DATABASE = PostgresService.DATABASE;

    /** The only address that our servers listen on. */
    public static final String HOST = "127.0.0.1";

    private static final int PORT_ATTEMPTS = 5;

    private final Builder options;
    private final PostgresDataDirectory data;
    private final LogFile log;
    private int port;

    private PostgresServer(Builder options) {
        this.options = options;
        this.data = new PostgresDataDirectory(options.dataDirectory, options.binaries);
        this.log = new LogFile(
                options.logFile != null
                        ? options.logFile
                        : data.path().resolveSibling(data.path().getFileName() + ".log"));
        this.port = data.postmaster().flatMap(running -> data.port()).orElse(options.port);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts the server and waits until it answers {@code SELECT 1}. The data directory is created if it is absent. If
     * the server is running already, only waits for it.
     *
     * @throws DevServicesException if it cannot start or does not answer in time; with the end of its log
     */
    public PostgresServer start() {
        try {
            boolean anyPort = port == 0;
            for (int attempt = 1; !isRunning(); attempt++) {
                UnprivilegedLaunch launch = launch();
                data.prepare(launch, options.durability, options.settings);
                if (anyPort) {
                    port = freePort();
                }
                long logStart = log.prepare();
                Process process = Detached.start(launch.wrap(command()), log.path(), environment -> {
                    PostgresDataDirectory.withoutPostgresVariables(environment);
                    environment.putAll(options.environment);
                });
                if (readiness().await(process, logStart, anyPort && attempt < PORT_ATTEMPTS)) {
                    return this;
                }
            }
            readiness().awaitSelect(log.length());
            return this;
        } catch (IOException e) {
            throw new DevServicesException(
                    "Cannot start Postgres in " + data.path() + ": " + e + ". "
                            + FailureAdvice.on(e, data.path().getParent()),
                    e);
        }
    }

    /** Stops the server with {@link StopMode#FAST}; does nothing if it does not run. */
    public void stop() {
        stop(StopMode.FAST);
    }

    /**
     * Stops the server and waits until its process is gone; does nothing if it does not run.
     *
     * @throws DevServicesException if it is still there after the stop timeout (20 s by default)
     */
    public void stop(StopMode mode) {
        shutdown().stop(mode);
    }

    /**
     * Kills the server and its children with SIGKILL, as a crash would, and waits until they are gone. The next start
     * recovers. Does nothing if it does not run.
     */
    public void kill() {
        shutdown().kill();
    }

    /** Stops the server with {@link StopMode#FAST} and starts it again on the same port. */
    public PostgresServer restart() {
        stop();
        return start();
    }

    public boolean isRunning() {
        return data.postmaster().isPresent();
    }

    /**
     * The process id of the postmaster.
     *
     * @throws IllegalStateException if it does not run
     */
    public long pid() {
        return process().pid();
    }

    /**
     * The postmaster.
     *
     * @throws IllegalStateException if it does not run
     */
    public ProcessHandle process() {
        return data.postmaster()
                .orElseThrow(() -> new IllegalStateException("Postgres in " + data.path() + " does not run"));
    }

    /** Its port; 0 before the first start if any free port is to be used. */
    public int port() {
        return port;
    }

    public Path logFile() {
        return log.path();
    }

    /**
     * Address of a database, as libpq and Tideline write it: {@code
     * postgres://postgres:postgres@127.0.0.1:<port>/<database>}.
     */
    public String url(String database) {
        return "postgres://" + USER + ":" + PASSWORD + "@" + HOST + ":" + port + "/" + database;
    }

    /** Address of a database for JDBC: {@code jdbc:postgresql://127.0.0.1:<port>/<database>?user=…&password=…}. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database + "?user=" + USER + "&password=" + PASSWORD;
    }

    @Override
    public void close() {
        stop();
    }

    /** Loads the classes that {@link #stop()} needs; see {@link EmbeddedService#preload()}. */
    static void preload() {
        UnprivilegedLaunch.ofThisMachine().wrap(List.of());
        PostgresDataDirectory.preload();
        PostgresShutdown.preload();
    }

    private UnprivilegedLaunch launch() {
        return options.launch != null ? options.launch : UnprivilegedLaunch.ofThisMachine();
    }

    private PostgresReadiness readiness() {
        return new PostgresReadiness(data, log, port, options.startTimeout, shutdown());
    }

    private PostgresShutdown shutdown() {
        return new PostgresShutdown(data, log, options.binaries, this::launch, options.stopTimeout);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                options.binaries.program("postgres").toString(),
                "-D",
                data.path().toString(),
                "-p",
                Integer.toString(port)));
        if (options.token != null) {
            command.addAll(List.of("-c", "tideline.token=" + options.token));
        }
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    public static final class Builder {
        private PostgresBinaries binaries;
        private Path dataDirectory;
        private Path logFile;
        private int port;
        private String token;
        private UnprivilegedLaunch launch;
        private Durability durability = Durability.DURABLE;
        private Duration startTimeout = Duration.ofSeconds(60);
        private Duration stopTimeout = Duration.ofSeconds(20);
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Map<String, String> environment = new LinkedHashMap<>();

        private Builder() {}

        /** Required. */
        public Builder binaries(PostgresBinaries value) {
            binaries = value;
            return this;
        }

        /** Required. Created on the first start; a blank in its path is fine. */
        public Builder dataDirectory(Path value) {
            dataDirectory = value;
            return this;
        }

        /** Default: the data directory's name with {@code .log}, beside it. */
        public Builder logFile(Path value) {
            logFile = value;
            return this;
        }

        /** 1 to 65535, or 0 (default) for any free port, which is then kept over restarts. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Letters and digits on the command line that identify the process; default none. */
        public Builder token(String value) {
            token = value;
            return this;
        }

        /** Whether commits wait for the disk; default {@link Durability#DURABLE}. */
        public Builder durability(Durability value) {
            durability = value;
            return this;
        }

        /** Adds a setting of {@code postgresql.conf}, without quotes; it overrides ours. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** Adds a variable to the server's environment. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Limit of a start, recovery included; default 60 s. */
        public Builder startTimeout(Duration value) {
            startTimeout = value;
            return this;
        }

        /** Limit of a stop; default 20 s. */
        public Builder stopTimeout(Duration value) {
            stopTimeout = value;
            return this;
        }

        /** For tests of ways that this machine does not need. */
        Builder launch(UnprivilegedLaunch value) {
            launch = value;
            return this;
        }

        /** The server, not started; if one runs in this data directory already, it is that one. */
        public PostgresServer build() {
            Objects.requireNonNull(binaries, "binaries");
            Objects.requireNonNull(dataDirectory, "dataDirectory");
            return new PostgresServer(this);
        }
    }
}
