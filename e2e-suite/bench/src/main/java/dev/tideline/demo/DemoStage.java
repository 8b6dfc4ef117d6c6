package dev.tideline.demo;

import dev.tideline.directory.Directory;
import dev.tideline.directory.DirectoryConfig;
import dev.tideline.directory.mail.SmtpConfig;
import dev.tideline.directory.sync.EmbeddedSync;
import dev.tideline.e2e.ServerAddress;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The demo's databases, and Directory with its tenants. Closing stops Directory and drops the databases. */
final class DemoStage implements AutoCloseable {

    static final String SOURCE = "tideline_demo";

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private static final List<String> TENANTS = List.of("acme", "globex");

    private final DemoSettings settings;
    private final Path configFile;
    private Directory directory;
    private List<DemoTenant> tenants;
    private boolean closed;

    private DemoStage(DemoSettings settings) {
        this.settings = settings;
        this.configFile = EmbeddedSync.writeConfig(settings.folder());
    }

    /** Creates everything, after removing the databases of an earlier demo that was killed. */
    static DemoStage set(DemoSettings settings) throws SQLException {
        DemoStage stage = new DemoStage(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(stage::interrupt, "demo-end"));
        try {
            stage.set();
            return stage;
        } catch (SQLException | RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    private void set() throws SQLException {
        ServerAddress external = settings.external();
        settings.source().createDatabase(SOURCE);
        for (String tenant : TENANTS) {
            external.createDatabase(DemoTenant.databaseOf(tenant));
        }
        String operatorKey = UUID.randomUUID().toString();
        directory = Directory.start(DirectoryConfig.of(
                        sourceUrl(),
                        operatorKey,
                        SmtpConfig.of(
                                settings.mail().smtpHost(), settings.mail().smtpPort()))
                .withPort(settings.directoryPort())
                .withSync(configFile)
                .withAdminPort(settings.adminPort()));
        KeyCaller operator = KeyCaller.operator(directory.url(), operatorKey);
        tenants = TENANTS.stream()
                .map(id -> DemoTenant.make(operator, id, id.equals("globex"), external))
                .toList();
    }

    List<DemoTenant> tenants() {
        return tenants;
    }

    Directory directory() {
        return directory;
    }

    DemoSettings settings() {
        return settings;
    }

    String sourceUrl() {
        return settings.source().url(SOURCE);
    }

    Path configFile() {
        return configFile;
    }

    SyncConfig config() {
        Map<String, String> environment = Map.of("TIDELINE_SOURCE_URL", sourceUrl());
        return SyncConfigLoader.load(configFile, environment::get);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Ctrl-C ends the servers at the same time: later failures are expected, and not waited for. */
    private void interrupt() {
        if (isClosed()) {
            return;
        }
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        Thread closing = new Thread(this::close, "demo-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (directory != null) {
            directory.close();
        }
        try {
            settings.source().dropDatabase(SOURCE);
            for (String tenant : TENANTS) {
                settings.external().dropDatabase(DemoTenant.databaseOf(tenant));
            }
        } catch (SQLException serversAreGone) {
            // Ctrl-C also ends the build, which stops them. The next demo drops what is left.
        }
    }
}
