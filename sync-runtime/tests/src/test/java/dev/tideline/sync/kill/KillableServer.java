package dev.tideline.sync.kill;

import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A server that a test may kill. Closing it kills it. Used by one thread. */
public final class KillableServer implements AutoCloseable {

    private final Path folder;
    private final PostgresServer server;

    /** @param settings of postgresql.conf; by default a commit waits for its log to be written, and not for the disk */
    public KillableServer(Path folder, Map<String, String> settings) {
        this.folder = folder;
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

    /** Copies all of its data, while it is stopped, and starts it again. */
    public void backUp(Path into) throws IOException {
        server.stop();
        copy(folder, into);
        server.start();
    }

    /** Puts such a copy in the place of its data, on the same port. */
    public void restore(Path from) throws IOException {
        server.stop();
        delete(folder);
        copy(from, folder);
        server.start();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() {
        server.kill();
    }
}
