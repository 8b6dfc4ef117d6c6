package dev.tideline.bench.peers;

import dev.tideline.bench.engine.Engine;
import dev.tideline.e2e.ServerAddress;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The Postgres connector, and what it gives put into the JDBC sink. Settings {@code source} and {@code target} are
 * addresses. A stop closes the engine; a start goes on from the offsets in its file.
 */
public final class DebeziumPipeline implements Engine {

    static final String SLOT = "bench_debezium";

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final String source;
    private final JdbcSink sink;
    private final Path offsets;
    private final ExecutorService runner = Executors.newSingleThreadExecutor();
    private DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;

    public DebeziumPipeline(Map<String, String> settings) throws IOException {
        this.source = settings.get("source");
        this.sink = new JdbcSink(settings.get("target"));
        this.offsets = Files.createTempDirectory("tideline-bench-debezium-").resolve("offsets");
    }

    @Override
    public void start() throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Void> running = new CompletableFuture<>();
        engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(settings())
                .notifying(sink)
                .using(new DebeziumEngine.ConnectorCallback() {
                    @Override
                    public void taskStarted() {
                        running.complete(null);
                    }
                })
                .using((success, message, error) -> {
                    if (!success) {
                        running.completeExceptionally(new IllegalStateException(message, error));
                    }
                })
                .build();
        runner.execute(engine);
        running.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws IOException {
        engine.close();
    }

    private Properties settings() {
        ServerAddress address = ServerAddress.of(source);
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "name", "bench",
                "connector.class", "io.debezium.connector.postgresql.PostgresConnector",
                "offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore",
                "offset.storage.file.filename", offsets.toString(),
                "topic.prefix", "bench",
                "plugin.name", "pgoutput",
                "slot.name", SLOT,
                "table.include.list", "public.item"));
        settings.putAll(Map.of(
                "database.hostname", address.host(),
                "database.port", Integer.toString(address.port()),
                "database.user", address.user(),
                "database.password", address.password(),
                "database.dbname", URI.create(source).getPath().substring(1)));
        return settings;
    }
}
