package dev.tideline.sync.model;

import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.sync.install.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where one history takes place: a source with Tideline installed, copied from a template, and schemas for the external
 * databases. All of its names are its own, so that what is left of a killed runtime reaches no other history. Closing
 * drops it. Safe for use by many threads, once made.
 */
final class Arena implements AutoCloseable {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String TEMPLATE = "model_template";
    private static final String TARGETS = "model_targets";
    /** Owns the application's tables, and is who the runtimes log in as. */
    static final String OWNER = "model_owner";

    private static boolean prepared; // guarded by the class

    private final PostgresServer server = PostgresFixture.preparing(PostgresFixture.NEWEST);
    private final int number = NUMBERS.incrementAndGet();
    private final String source = "model_" + number;

    Arena() throws SQLException {
        prepare(server);
        execute(PostgresServer.DATABASE, "CREATE DATABASE " + source + " TEMPLATE " + TEMPLATE + " OWNER " + OWNER);
    }

    private static synchronized void prepare(PostgresServer server) throws SQLException {
        if (prepared) {
            return;
        }
        execute(server, PostgresServer.DATABASE, "CREATE ROLE " + OWNER + " LOGIN PASSWORD 'secret'");
        execute(server, PostgresServer.DATABASE, "CREATE DATABASE " + TEMPLATE + " OWNER " + OWNER);
        execute(server, PostgresServer.DATABASE, "CREATE DATABASE " + TARGETS);
        execute(
                server,
                TEMPLATE,
                "GRANT ALL ON SCHEMA public TO " + OWNER + "; SET ROLE " + OWNER + ";\n" + ModelTable.DDL);
        for (Slot slot : Slot.values()) {
            execute(
                    server,
                    TARGETS,
                    "CREATE ROLE " + slot.role() + " LOGIN PASSWORD 'secret'; GRANT CREATE ON DATABASE " + TARGETS
                            + " TO " + slot.role());
        }
        Installation.install(config(asOwner(server.url(TEMPLATE)), new Settings(false, 10, 10, 1, false)), line -> {});
        prepared = true;
    }

    /** Security by row spares superusers. */
    private static String asOwner(String url) {
        return url.replaceFirst("//[^@]*@", "//" + OWNER + ":secret@");
    }

    int port() {
        return server.port();
    }

    /** A session with the source. */
    Connection source() throws SQLException {
        return connect(server, source);
    }

    /** A session with the database in whose schemas the external databases are. */
    Connection targets() throws SQLException {
        return connect(server, TARGETS);
    }

    /** The schema of an external database. */
    String schema(Slot slot) {
        return "h" + number + "_" + slot.ordinal();
    }

    String url(Slot slot) {
        return "postgres://" + slot.role() + ":secret@" + PostgresServer.HOST + ":" + server.port() + "/" + TARGETS
                + "?currentSchema=" + schema(slot);
    }

    /** What a runtime is started with, that reaches the source through a port of its own. */
    SyncConfig config(int port, Settings settings) {
        return config(asOwner(server.url(source)).replace(":" + server.port() + "/", ":" + port + "/"), settings);
    }

    private static SyncConfig config(String url, Settings settings) {
        try {
            Path file = Files.createTempFile("model", ".yaml");
            try {
                Files.writeString(
                        file,
                        "source: { url: \"" + url + "\" }\ntenants: { table: tenancy, key: id }\n"
                                + ModelTable.MAPPINGS + "external_databases: { table: external_database }\n"
                                + settings.yaml());
                return SyncConfigLoader.load(file, name -> null);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection connect(PostgresServer server, String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database) + "&prepareThreshold=2&assumeMinServerVersion=13");
    }

    private void execute(String database, String sql) throws SQLException {
        execute(server, database, sql);
    }

    private static void execute(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Slot slot : Slot.values()) {
            execute(TARGETS, "DROP SCHEMA IF EXISTS " + schema(slot) + " CASCADE");
        }
        execute(PostgresServer.DATABASE, "DROP DATABASE IF EXISTS " + source + " WITH (FORCE)");
    }
}
