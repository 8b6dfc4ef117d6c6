package dev.tideline.bench;

import dev.tideline.sync.Installation;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.config.MappingConfig;
import dev.tideline.sync.config.SyncConfig;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Tideline with its default settings, in this process. */
final class Tideline implements Contestant {

    private Track track;
    private SyncConfig config;
    private SyncRuntime runtime;

    @Override
    public String subject() {
        return "tideline";
    }

    @Override
    public void install(Track onTrack) throws SQLException {
        track = onTrack;
        track.source()
                .execute(
                        track.sourceDatabase(),
                        "CREATE TABLE external_database (tenant int, name text, url text NOT NULL,"
                                + " enabled boolean NOT NULL, PRIMARY KEY (tenant, name))");
        config = SyncConfig.builder(track.sourceUrl())
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
        Installation.install(config, line -> {});
        runtime = SyncRuntime.start(config);
    }

    @Override
    public void addTarget() throws SQLException {
        track.source()
                .execute(
                        track.sourceDatabase(),
                        "INSERT INTO external_database VALUES (1, 'main', '" + track.targetUrl() + "', true)");
    }

    @Override
    public void pause() {
        runtime.close();
        runtime = null;
    }

    @Override
    public void resume() {
        runtime = SyncRuntime.start(config);
    }

    @Override
    public void close() {
        if (runtime != null) {
            runtime.close();
        }
    }
}
