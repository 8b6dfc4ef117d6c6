package dev.tideline.directory.sync;

import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.admin.AdminServer;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.install.Installation;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Syncs the tenants' databases from within the app: everything that a user of the libraries has to do. */
public final class EmbeddedSync implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSync.class);

    private final SyncRuntime runtime;
    private final Optional<AdminServer> admin;

    private EmbeddedSync(SyncRuntime runtime, Optional<AdminServer> admin) {
        this.runtime = runtime;
        this.admin = admin;
    }

    /**
     * Installs what capturing needs, which may be repeated, and syncs until closed.
     *
     * @param file {@code tideline.yaml}; where it asks for TIDELINE_SOURCE_URL, it gets the app's own database.
     *     The dashboard's token is kept beside it
     * @param adminPort of dashboard and status API, which the file asks for as DIRECTORY_ADMIN_PORT; empty for neither
     * @param telemetry where Tideline's spans go
     * @throws AdminServer.UnavailableException if the port is taken
     */
    public static EmbeddedSync start(Path file, String databaseUrl, OptionalInt adminPort, OpenTelemetry telemetry) {
        Map<String, String> ours = new HashMap<>(System.getenv());
        ours.put("TIDELINE_SOURCE_URL", databaseUrl);
        adminPort.ifPresent(port -> ours.put("DIRECTORY_ADMIN_PORT", Integer.toString(port)));
        SyncConfig config = SyncConfigLoader.load(file, ours::get);
        Installation.install(config, line -> LOG.info("{}", line));
        SyncRuntime runtime = SyncRuntime.start(config, SyncListener.NONE, SyncRuntime.Drive.RUN, telemetry);
        try {
            return new EmbeddedSync(
                    runtime,
                    adminPort.isPresent()
                            ? Optional.of(AdminServer.start(
                                    runtime, file.toAbsolutePath().getParent()))
                            : Optional.empty());
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    /** Where the dashboard is; the link logs in whoever opens it, unless the file sets a token. Empty without one. */
    public Optional<String> dashboard() {
        return admin.map(server -> server.loginLink().orElseGet(server::url));
    }

    @Override
    public void close() {
        admin.ifPresent(AdminServer::close);
        runtime.close();
    }

    /** Writes the app's {@code tideline.yaml}, which maps all its tables, into a folder. */
    public static Path writeConfig(Path folder) {
        try (InputStream yaml = EmbeddedSync.class.getResourceAsStream("tideline.yaml")) {
            Path file = Files.createDirectories(folder).resolve("tideline.yaml");
            Files.copy(yaml, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
