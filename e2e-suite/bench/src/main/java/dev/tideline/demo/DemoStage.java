package dev.tideline.demo;

import dev.tideline.directory.DirectorySession;
import dev.tideline.directory.database.Database;
import dev.tideline.e2e.ServerAddress;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The demo's databases and its configuration. Closing drops the databases. */
final class DemoStage implements AutoCloseable {

    static final String SOURCE = "tideline_demo";

    private final DemoSettings settings;
    private final List<DemoTenant> tenants;

    private DemoStage(DemoSettings settings, List<DemoTenant> tenants) {
        this.settings = settings;
        this.tenants = tenants;
    }

    /** Makes the databases; what an earlier demo that was killed left of them goes first. */
    static DemoStage set(DemoSettings settings) throws SQLException {
        ServerAddress external = settings.external();
        DemoStage stage = new DemoStage(
                settings,
                List.of(
                        new DemoTenant("acme", external, SOURCE + "_acme"),
                        new DemoTenant("globex", external, SOURCE + "_globex")));
        settings.source().createDatabase(SOURCE);
        for (DemoTenant tenant : stage.tenants) {
            external.createDatabase(tenant.database());
        }
        Database.migrate(settings.source().url(SOURCE));
        try (Connection connection = settings.source().connect(SOURCE);
                DirectorySession directory = new DirectorySession(connection)) {
            for (DemoTenant tenant : stage.tenants) {
                directory.addTenancy(tenant.id(), tenant.id());
                directory.addExternalDatabase(tenant.id(), "main", tenant.url());
            }
        }
        return stage;
    }

    List<DemoTenant> tenants() {
        return tenants;
    }

    String sourceUrl() {
        return settings.source().url(SOURCE);
    }

    Path configFile() {
        return settings.folder().resolve("tideline.yaml");
    }

    /** The configuration as a user would write it, read as the command line reads it. */
    SyncConfig config() throws IOException {
        Files.createDirectories(settings.folder());
        try (InputStream yaml = DemoStage.class.getResourceAsStream("tideline.yaml")) {
            Files.copy(yaml, configFile(), StandardCopyOption.REPLACE_EXISTING);
        }
        Map<String, String> environment = Map.of("TIDELINE_SOURCE_URL", sourceUrl());
        // The demo opens no admin port.
        return SyncConfigLoader.load(configFile(), environment::get);
    }

    @Override
    public void close() throws SQLException {
        settings.source().dropDatabase(SOURCE);
        for (DemoTenant tenant : tenants) {
            tenant.server().dropDatabase(tenant.database());
        }
    }
}
