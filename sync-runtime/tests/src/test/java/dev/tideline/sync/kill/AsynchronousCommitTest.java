package dev.tideline.sync.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SteppedPipeline;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.sync.install.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where {@code synchronous_commit} is off, a crash undoes the last commits: of the application, and of ours. Neither side
 * may believe afterwards what the other has forgotten.
 */
class AsynchronousCommitTest {

    private static final Map<String, String> ON = Map.of();

    /** Commits return at once, and nobody writes the log unasked for as long as a test takes. */
    private static final Map<String, String> OFF = Map.of("synchronous_commit", "off", "wal_writer_delay", "10s");

    @TempDir
    Path folder;

    /** A source with one item, and an external database that has it already. */
    private final class Pair implements AutoCloseable {

        private final KillableServer sourceServer;
        private final KillableServer targetServer;
        private final TestDatabase source;
        private final TestDatabase target;
        private final SyncConfig config;

        Pair(Map<String, String> source, Map<String, String> target) throws IOException {
            this.sourceServer = new KillableServer(folder.resolve("source"), source);
            this.targetServer = new KillableServer(folder.resolve("target"), target);
            this.source = sourceServer.create("app").execute("""
                            CREATE TABLE tenancy (id int PRIMARY KEY);
                            INSERT INTO tenancy VALUES (1);
                            CREATE TABLE item (id int PRIMARY KEY, tenant int NOT NULL, v text);
                            INSERT INTO item VALUES (1, 1, 'first');
                            """);
            this.target = targetServer.create("external");
            Path file = Files.writeString(
                    folder.resolve("tideline.yaml"), """
                    source: { url: "%s" }
                    tenants: { table: tenancy, key: id }
                    mappings:
                      items: { table: item, tenant: tenant, key: id, target: item }
                    external_databases:
                      list: [ { tenant: "1", name: main, url: "%s" } ]
                    """.formatted(this.source.url(), this.target.url()));
            this.config = SyncConfigLoader.load(file, name -> null);
            Installation.install(config, line -> {});
        }

        /** A runtime that has copied what is there; the log of both servers is on disk. */
        SteppedPipeline start() throws Exception {
            SteppedPipeline pipeline = SteppedPipeline.start(config);
            turn(pipeline);
            source.execute("CHECKPOINT");
            target.execute("CHECKPOINT");
            return pipeline;
        }

        void update(String value) {
            source.execute("UPDATE item SET v = '" + value + "'");
        }

        @Override
        public void close() {
            sourceServer.close();
            targetServer.close();
        }
    }

    private static void turn(SteppedPipeline pipeline) throws Exception {
        pipeline.sequence();
        pipeline.poll();
        pipeline.awaitIdle();
    }

    private static List<List<String>> items(TestDatabase database) {
        return database.rows("SELECT id, v FROM item");
    }

    @Test
    void a_target_that_forgets_its_last_commits_gets_them_again() throws Exception {
        try (Pair pair = new Pair(ON, OFF);
                SteppedPipeline pipeline = pair.start()) {
            pair.update("second");
            turn(pipeline);
            assertThat(items(pair.target)).containsExactly(List.of("1", "second"));
            pair.targetServer.killAndStart();
            turn(pipeline);
            assertThat(items(pair.target)).containsExactly(List.of("1", "second"));
        }
    }

    @Test
    void what_the_source_forgets_was_never_sent() throws Exception {
        try (Pair pair = new Pair(OFF, ON)) {
            try (SteppedPipeline pipeline = pair.start()) {
                pair.update("second");
                pipeline.sequence();
                // Committed after the pass, so that no later commit of ours has written it to the log.
                pair.update("third");
                pipeline.poll();
                pipeline.awaitIdle();
            }
            pair.sourceServer.killAndStart();
            assertThat(items(pair.target)).isEqualTo(items(pair.source));
        }
    }

    @Test
    void ids_that_a_target_has_seen_are_not_given_again_after_a_crash() throws Exception {
        try (Pair pair = new Pair(OFF, ON)) {
            try (SteppedPipeline pipeline = pair.start()) {
                // More than the 32 that a sequence writes to the log in advance.
                for (int i = 0; i < 40; i++) {
                    pair.update("before " + i);
                    pipeline.sequence();
                }
                pipeline.poll();
                pipeline.awaitIdle();
            }
            pair.sourceServer.killAndStart();
            try (SteppedPipeline pipeline = SteppedPipeline.start(pair.config)) {
                pair.update("after");
                turn(pipeline);
                turn(pipeline);
                assertThat(items(pair.target)).containsExactly(List.of("1", "after"));
                assertThat(pair.source.value("SELECT max(epoch) FROM tideline.stream"))
                        .as("a source that forgot them would be compared as one that was restored")
                        .isEqualTo("0");
            }
        }
    }
}
