package dev.tideline.e2e.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.directory.http.Json;
import dev.tideline.fixture.ReservedPort;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.admin.AdminServer;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.sync.install.Installation;
import dev.tideline.testkit.ExternalDatabase;
import dev.tideline.testkit.SyncProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A source of one test's own, for what would disturb the others: stages that are switched off, runtimes that stop, tables that
 * are truncated. Its table {@code thing} has the columns {@code tenant, id, name, extra}; rows arrive in {@code things}.
 */
public final class Pipeline implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TOKEN = "token-of-the-suite";
    private static final String THINGS = "{ table: thing, tenant: tenant, key: id, target: things }";

    private final String source;
    private final Path config;
    private final int port;
    private SyncRuntime runtime;
    private AdminServer admin;

    private Pipeline(String source, Path config, int port) {
        this.source = source;
        this.config = config;
        this.port = port;
    }

    /** Makes the source and installs what captures its changes. Nothing runs yet. */
    public static Pipeline installed(Suite suite) throws SQLException {
        return installed(suite, "");
    }

    /** @param settings further lines of {@code tideline.yaml} */
    public static Pipeline installed(Suite suite, String settings) throws SQLException {
        String source = suite.newDatabase("pipeline");
        Sql.run(
                source,
                "CREATE TABLE tenancy (id text PRIMARY KEY)",
                "CREATE TABLE thing (tenant text NOT NULL, id bigint PRIMARY KEY, name text, extra json)",
                "CREATE TABLE external_database (tenant text, name text, url text, enabled boolean,"
                        + " PRIMARY KEY (tenant, name))");
        try {
            Pipeline pipeline = new Pipeline(source, Files.createTempFile("tideline", ".yaml"), ReservedPort.next());
            pipeline.install(THINGS, settings);
            return pipeline;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, and a runtime that is at work. */
    public static Pipeline running(Suite suite) throws SQLException {
        return installed(suite).start();
    }

    /** Installs another mapping of things. */
    public void install(String things, String settings) throws IOException {
        Files.writeString(config, """
                source: { url: "%s" }
                tenants: { table: tenancy, key: id }
                mappings: { things: %s }
                external_databases: { table: external_database }
                admin: { port: %d, token: %s }
                %s
                """.formatted(source, things, port, TOKEN, settings));
        Installation.install(load(), line -> {});
    }

    private SyncConfig load() {
        return SyncConfigLoader.load(config);
    }

    /** Starts runtime and admin API. */
    public Pipeline start() {
        runtime = SyncRuntime.start(load());
        admin = AdminServer.start(runtime);
        return this;
    }

    /** One more runtime on this source, the caller's to close. */
    public SyncRuntime startAnother() {
        return SyncRuntime.start(load());
    }

    /** Ends both, after the transactions in flight. */
    public void stop() {
        if (runtime != null) {
            admin.close();
            runtime.close();
            runtime = null;
        }
    }

    public String source() {
        return source;
    }

    /** Runs statements in the source. */
    public void run(String... statements) throws SQLException {
        Sql.run(source, statements);
    }

    /** Adds a tenant whose things go to these databases. */
    public void addTenant(String tenant, ExternalDatabase... databases) throws SQLException {
        run("INSERT INTO tenancy VALUES ('" + tenant + "')");
        for (ExternalDatabase database : databases) {
            run("INSERT INTO external_database VALUES ('" + tenant + "', '" + database.name() + "', '" + database.url()
                    + "', true)");
        }
    }

    public SyncProbe probe(ExternalDatabase database) {
        return SyncProbe.between(source, database.url()).atMost(Duration.ofSeconds(30));
    }

    /** What the admin API answers. @param body JSON, or null */
    public JsonNode admin(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(
                        method + " " + path + " answers " + response.statusCode() + ": " + response.body());
            }
            return Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Switches the sequencer: while it is off, nothing that changes gets anywhere. */
    public void sequencer(boolean enabled) {
        admin("PUT", "/api/v1/fusebox", "{\"sequencer_enabled\":" + enabled + "}");
    }

    @Override
    public void close() {
        stop();
    }
}
