package dev.tideline.directory.sync;

import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.sync.install.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the tenants' databases in step from within the app: everything that a user of the library has to do. */
public final class EmbeddedSync {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSync.class);

    private EmbeddedSync() {}

    /**
     * Installs what capturing needs, which may be repeated, and syncs until closed.
     *
     * @param file {@code tideline.yaml}; where it asks for TIDELINE_SOURCE_URL, it gets the app's own database
     */
    public static SyncRuntime start(Path file, String databaseUrl) {
        SyncConfig config = SyncConfigLoader.load(
                file, name -> name.equals("TIDELINE_SOURCE_URL") ? databaseUrl : System.getenv(name));
        Installation.install(config, line -> LOG.info("{}", line));
        return SyncRuntime.start(config);
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
