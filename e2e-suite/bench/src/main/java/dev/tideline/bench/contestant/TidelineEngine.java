package dev.tideline.bench.contestant;

import dev.tideline.bench.engine.Engine;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.config.MappingConfig;
import dev.tideline.sync.config.SyncConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tideline's runtime. Setting {@code source} is the address of the source. */
public final class TidelineEngine implements Engine {

    private final SyncConfig config;
    private SyncRuntime runtime;

    public TidelineEngine(Map<String, String> settings) {
        this.config = config(settings.get("source"));
    }

    /** One mapping, of table {@code item}; everything else by default. */
    static SyncConfig config(String source) {
        return SyncConfig.builder(source)
                .tenantsTable("tenancy", "id")
                .mapping(new MappingConfig(
                        "item",
                        "item",
                        List.of("tenancy_id"),
                        List.of("id"),
                        "item",
                        Optional.empty(),
                        Optional.empty(),
                        List.of()))
                .externalDatabasesTable("external_database")
                .build();
    }

    @Override
    public void start() {
        runtime = SyncRuntime.start(config);
    }

    @Override
    public void stop() {
        runtime.close();
    }
}
