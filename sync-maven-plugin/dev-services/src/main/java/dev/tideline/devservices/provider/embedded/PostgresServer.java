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

    /** The superuser. */
    public static final String USER = PostgresService.USER;

    /** The superuser's password. */
    public static final String PASSWORD = PostgresService.PASSWORD;

    /** The database that always exists. */
    public static final String DATABASE = PostgresService.DATABASE;

    /** The only address our servers listen on. */
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

    /** @return a builder with nothing set */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts the server and waits until it answers {@code SELECT 1}. The data directory is made if it is absent. A server
     * that runs already is only waited for.
     *
     * @return this
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

    /**
     * Stops the server with {@link StopMode#FAST}; does nothing if it does not run.
     */
    public void stop() {
        stop(StopMode.FAST);
    }

    /**
     * Stops the server and waits until its process has gone; does nothing if it does not run.
     *
     * @param mode how
     * @throws DevServicesException if it is still there after the stop timeout (20 s by default)
     */
    public void stop(StopMode mode) {
        shutdown().stop(mode);
    }

    /**
     * Kills the server and its children with SIGKILL, as a crash would, and waits until they have gone. The next start
     * recovers. Does nothing if it does not run.
     */
    public void kill() {
        shutdown().kill();
    }

    /**
     * Stops the server with {@link StopMode#FAST} and starts it again on the same port.
     *
     * @return this
     */
    public PostgresServer restart() {
        stop();
        return start();
    }

    /** @return whether the server's process is alive */
    public boolean isRunning() {
        return data.postmaster().isPresent();
    }

    /**
     * The server's process.
     *
     * @return process id of the postmaster
     * @throws IllegalStateException if it does not run
     */
    public long pid() {
        return process().pid();
    }

    /**
     * The server's process.
     *
     * @return the postmaster
     * @throws IllegalStateException if it does not run
     */
    public ProcessHandle process() {
        return data.postmaster()
                .orElseThrow(() -> new IllegalStateException("Postgres in " + data.path() + " does not run"));
    }

    /** @return the port it listens on; 0 before the first start if any free port is to be used */
    public int port() {
        return port;
    }

    /** @return the file that the server's messages go to */
    public Path logFile() {
        return log.path();
    }

    /**
     * Address of a database, as libpq and Tideline write it.
     *
     * @param database its name
     * @return {@code postgres://postgres:postgres@127.0.0.1:<port>/<database>}
     */
    public String url(String database) {
        return "postgres://" + USER + ":" + PASSWORD + "@" + HOST + ":" + port + "/" + database;
    }

    /**
     * Address of a database, as JDBC writes it, with user and password.
     *
     * @param database its name
     * @return {@code jdbc:postgresql://127.0.0.1:<port>/<database>?user=…&password=…}
     */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database + "?user=" + USER + "&password=" + PASSWORD;
    }

    /** Stops the server with {@link StopMode#FAST}. */
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

    /** What a server is made of. */
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

        /**
         * Sets the programs. Required.
         *
         * @param value the programs
         * @return this
         */
        public Builder binaries(PostgresBinaries value) {
            binaries = value;
            return this;
        }

        /**
         * Sets where the data is; made on the first start. Required.
         *
         * @param value a folder; a blank in its path is fine
         * @return this
         */
        public Builder dataDirectory(Path value) {
            dataDirectory = value;
            return this;
        }

        /**
         * Sets the log file.
         *
         * @param value a file; default: the data directory's name with {@code .log}, beside it
         * @return this
         */
        public Builder logFile(Path value) {
            logFile = value;
            return this;
        }

        /**
         * Sets the port.
         *
         * @param value 1 to 65535, or 0 (default) for any free one, which is then kept over restarts
         * @return this
         */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /**
         * Sets a text by which the process can be told from others: it stands on its command line.
         *
         * @param value letters and digits; default none
         * @return this
         */
        public Builder token(String value) {
            token = value;
            return this;
        }

        /**
         * Sets whether commits wait for the disk.
         *
         * @param value default {@link Durability#DURABLE}
         * @return this
         */
        public Builder durability(Durability value) {
            durability = value;
            return this;
        }

        /**
         * Adds a setting of {@code postgresql.conf}; it wins over ours.
         *
         * @param name for example {@code work_mem}
         * @param value without quotes
         * @return this
         */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /**
         * Adds a variable to the server's environment.
         *
         * @param name its name
         * @param value its value
         * @return this
         */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /**
         * Sets how long a start may take, recovery included.
         *
         * @param value default 60 s
         * @return this
         */
        public Builder startTimeout(Duration value) {
            startTimeout = value;
            return this;
        }

        /**
         * Sets how long a stop may take.
         *
         * @param value default 20 s
         * @return this
         */
        public Builder stopTimeout(Duration value) {
            stopTimeout = value;
            return this;
        }

        /** For tests of the ways that this machine does not need. */
        Builder launch(UnprivilegedLaunch value) {
            launch = value;
            return this;
        }

        /** @return the server, not started; if one runs in this data directory already, it is that one */
        public PostgresServer build() {
            Objects.requireNonNull(binaries, "binaries");
            Objects.requireNonNull(dataDirectory, "dataDirectory");
            return new PostgresServer(this);
        }
    }
}
