package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.process.ProcessIdentity;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Postgres from the binaries of a Maven repository. */
final class EmbeddedPostgres implements EmbeddedService {

    private final Artifacts artifacts;

    /** By version: two services of one version need the hash only once. */
    private final Map<String, PostgresArchive> archives = new ConcurrentHashMap<>();

    EmbeddedPostgres(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public Provider.Prepared prepare(ServiceSpec spec) {
        String version =
                spec.version().isBlank() ? PostgresVersions.newest() : PostgresVersions.resolve(spec.version());
        return new Provider.Prepared(version, archive(version).home().toString());
    }

    @Override
    public ServiceRecord start(
            ServiceRecord record, ServiceSpec spec, Map<String, String> environment, Duration limit) {
        // Not earlier: while this takes its 2 s the first time, the services that need no programs start.
        if (!Files.isDirectory(Path.of(record.home()))) {
            archive(record.version()).binaries();
        }
        PostgresServer.Builder builder = builder(record).startTimeout(limit);
        builder.durability(spec.durable() ? Durability.DURABLE : Durability.FAST);
        spec.settings().forEach(builder::setting);
        spec.environment().forEach(builder::environment);
        environment.forEach(builder::environment);
        PostgresServer server = builder.build();
        if (server.isRunning()) {
            // It is unknown: neither its token nor its settings are those of this record.
            server.stop();
        }
        ProcessHandle process = server.start().process();
        return record.withProcess(process.pid(), ProcessIdentity.startOf(process));
    }

    @Override
    public void stop(ServiceRecord record, ProcessHandle process) {
        PostgresServer server = builder(record).build();
        if (server.isRunning() && server.pid() == process.pid()) {
            server.stop();
        } else {
            // It has not written its pid file yet, or that was deleted: no client can be connected.
            process.destroyForcibly();
            Poll.untilTrue(Duration.ofSeconds(10), () -> !ProcessIdentity.isAlive(process));
        }
    }

    @Override
    public void preload() {
        PostgresServer.preload();
    }

    private PostgresArchive archive(String version) {
        return archives.computeIfAbsent(
                version,
                of -> PostgresArchive.of(
                        artifacts.jar(
                                PostgresPlatform.GROUP_ID,
                                PostgresPlatform.current().artifactId(),
                                of),
                        UserCache.directory()));
    }

    private static PostgresServer.Builder builder(ServiceRecord record) {
        return PostgresServer.builder()
                .binaries(new PostgresBinaries(Path.of(record.home())))
                .dataDirectory(record.data())
                .logFile(record.log())
                .port(record.ports().get(record.service()))
                .token(record.token());
    }
}
