package dev.tideline.sync.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.SteppedPipeline;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.ChangeFetcher.Bounds;
import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.fetch.RowStream;
import dev.tideline.sync.jdbc.WatchedSockets;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.target.ExternalDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetCrashTest {

    /** Whatever the server's own setting: here it is "off", and nothing is written unless somebody asks. */
    @Test
    void what_the_source_was_told_of_outlives_a_kill_of_the_target(@TempDir Path folder) throws Exception {
        try (PostgresServer target = PostgresServer.builder()
                        .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), PostgresFixture.NEWEST))
                        .dataDirectory(folder.resolve("data"))
                        .durability(Durability.FAST)
                        .setting("wal_writer_delay", "10000")
                        .build()
                        .start();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.addTarget("1", "second", target.url(PostgresServer.DATABASE));
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'first'), (1, 2, 'first')");
            scenario.install();
            TenantSync.run(scenario.config(), "1", SyncListener.NONE);
            scenario.source().execute("UPDATE project_user SET display_name = 'second'");
            TenantSync.run(scenario.config(), "1", SyncListener.NONE);

            target.kill();
            target.restart();

            assertThat(value(target, "SELECT string_agg(display_name, ',') FROM users"))
                    .isEqualTo("second,second");
        }
    }

    /** A worker commits a batch and dies before it flushes; the next one finds nothing left to do, and ends the request. */
    @Test
    void what_a_worker_wrote_that_died_before_its_flush_is_flushed_by_whoever_ends_the_request(@TempDir Path folder)
            throws Exception {
        try (PostgresServer target = PostgresServer.builder()
                        .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), PostgresFixture.NEWEST))
                        .dataDirectory(folder.resolve("data"))
                        .durability(Durability.FAST)
                        .setting("wal_writer_delay", "10000")
                        .build()
                        .start();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.moveTargets("1", "main", target.url(PostgresServer.DATABASE));
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'first')");
            scenario.install();
            try (SteppedPipeline pipeline = SteppedPipeline.start(scenario.config())) {
                pipeline.poll();
                pipeline.awaitIdle(); // and has a session that knows where the target stands
                scenario.source().execute("UPDATE project_user SET display_name = 'second'");
                pipeline.sequence();
                applyAndDie(scenario, target.url(PostgresServer.DATABASE));

                // A run that takes longer than its place in the fast lane lasts gives its request back once.
                boolean ended = Await.until(
                        () -> {
                            pipeline.poll();
                            pipeline.awaitIdle();
                            return scenario.source()
                                    .value("SELECT count(*) FROM tideline.outgoing_request")
                                    .equals("0");
                        },
                        Duration.ofMillis(20),
                        Duration.ofSeconds(30));
                target.kill();
                assertThat(ended)
                        .as("no request is left that would bring it again")
                        .isTrue();
            }
            target.restart();

            assertThat(value(target, "SELECT display_name FROM users")).isEqualTo("second");
        }
    }

    private static void applyAndDie(SyncScenario scenario, String url) throws Exception {
        SyncPlan plan = scenario.plan();
        Mapping users = plan.mappings().get(0);
        try (SourceDatabase source = scenario.openSource();
                Connection reader = source.connection();
                TargetSession session = TargetOpening.open(
                        new ExternalDatabase("1", "main", url, null),
                        PostgresUrl.parse(url),
                        WatchedSockets.watch(),
                        (target, schema) -> Optional.empty())) {
            ChangeFetcher fetcher = new ChangeFetcher(
                    source, plan.mappings(), InstalledLayout.read(reader).orElseThrow());
            long cursor = session.state(users).cursor();
            Bounds bounds = fetcher.bounds("1", List.of(cursor), 10).get(0);
            try (RowStream batch = fetcher.changes(users, "1", cursor, bounds.upTo(), CopyFormat.TEXT)) {
                new ChangeApplier(session)
                        .apply(users, fetcher.definition(users, bounds.epoch()), cursor, bounds.upTo(), batch);
            }
        }
    }

    private static String value(PostgresServer server, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(PostgresServer.DATABASE));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
