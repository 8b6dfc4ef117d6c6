package dev.tideline.sync.kill;

import dev.tideline.maven.provider.embedded.Durability;
import dev.tideline.maven.provider.embedded.PostgresBinaries;
import dev.tideline.maven.provider.embedded.PostgresServer;
import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import java.nio.file.Path;
import java.util.Map;

/** A server that a test may kill. Closing it kills it. Used by one thread. */
public final class KillableServer implements AutoCloseable {

    private final PostgresServer server;

    /** @param settings of postgresql.conf; by default a commit waits for its log to be written, and not for the disk */
    public KillableServer(Path folder, Map<String, String> settings) {
        PostgresServer.Builder builder = PostgresServer.builder()
                .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), PostgresFixture.NEWEST))
                .dataDirectory(folder)
                .durability(Durability.FAST)
                .setting("synchronous_commit", "on")
                .setting("max_connections", "60");
        settings.forEach(builder::setting);
        server = builder.build().start();
    }

    /** A new database, which goes with the server. */
    public TestDatabase create(String database) {
        return TestDatabase.create(server, database);
    }

    /** SIGKILL for all of its processes, and a start that recovers. */
    public void killAndStart() {
        server.kill();
        server.start();
    }

    /** An orderly end, in which sessions are told that the server shuts down, and a start. */
    public void restart() {
        server.restart();
    }

    @Override
    public void close() {
        server.kill();
    }
}
