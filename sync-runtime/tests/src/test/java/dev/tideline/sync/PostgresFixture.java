package dev.tideline.sync;

import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test databases of its own, as parameters of type {@link TestDatabase}, on one server per major version and
 * JVM. The servers run on free ports and in a time zone that is not UTC, and are gone when the JVM ends.
 *
 * <pre>{@code
 * @ExtendWith(PostgresFixture.class)
 * class SomeTest {
 *     @Test
 *     void a_row_travels(TestDatabase source, TestDatabase target) { … }
 * }
 * }</pre>
 */
public final class PostgresFixture implements ParameterResolver {

    /** The major version of the databases that are asked for as parameters. */
    public static final int NEWEST = 18;

    /** All that are supported, the oldest first. */
    public static final List<Integer> MAJORS = List.of(13, 14, 15, 16, 17, 18);

    private static final Namespace NAMESPACE = Namespace.create(PostgresFixture.class);
    private static final Map<Integer, PostgresServer> SERVERS = new ConcurrentHashMap<>();
    private static final Map<Integer, PostgresServer> PREPARING = new ConcurrentHashMap<>();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestDatabase database = database(NEWEST);
        context.getStore(NAMESPACE).put(database.name(), database);
        return database;
    }

    /** A new, empty database on the server of this major version. The caller closes it, which drops it. */
    public static TestDatabase database(int major) {
        return TestDatabase.create(server(major), "test_" + DATABASES.incrementAndGet());
    }

    /** The same with this encoding. */
    static TestDatabase database(int major, String encoding) {
        return TestDatabase.create(
                server(major),
                "test_" + DATABASES.incrementAndGet(),
                " ENCODING '" + encoding + "' LOCALE 'C' TEMPLATE template0");
    }

    /** The server of this major version; started on first use. Tests that stop or kill servers start their own. */
    public static PostgresServer server(int major) {
        return SERVERS.computeIfAbsent(major, one -> start(one, 0));
    }

    /** The same, another server that allows prepared transactions. */
    public static PostgresServer preparing(int major) {
        return PREPARING.computeIfAbsent(major, one -> start(one, 50));
    }

    private static PostgresServer start(int major, int prepared) {
        try {
            Path directory = Files.createDirectories(Path.of("target", "postgres"));
            Path folder = Files.createTempDirectory(directory.toAbsolutePath(), major + "-");
            PostgresServer server = PostgresServer.builder()
                    .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), major))
                    .dataDirectory(folder.resolve("data"))
                    .durability(Durability.FAST)
                    .setting("timezone", "Asia/Kathmandu")
                    .setting("datestyle", "SQL, DMY")
                    .setting("max_connections", "300")
                    .setting("max_prepared_transactions", String.valueOf(prepared))
                    .build();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder)));
            return server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(PostgresServer server, Path folder) {
        server.stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
