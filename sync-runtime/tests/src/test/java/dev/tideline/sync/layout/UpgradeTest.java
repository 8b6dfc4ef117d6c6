package dev.tideline.sync.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.LockWatch;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.capture.Installer;
import dev.tideline.sync.error.NotInstalledException;
import dev.tideline.sync.install.Migration;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.sequence.PassResult;
import dev.tideline.sync.sequence.Sequencer;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.trace.Tracing;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of runtimes and of the application while {@code install} brings a source to a later schema. */
class UpgradeTest {

    /** The migration after this one locks the tables that the application's triggers write to. */
    private static final String BEFORE_CHANGE_TABLES_CHANGED = "21";

    private static final String NAMES = "SELECT id, display_name FROM users ORDER BY id";

    /** As a later version's install might: what an older runtime says to the source from here on is wrong. */
    private static final String LATER = """
            BEGIN;
            ALTER TABLE tideline.outgoing_request RENAME COLUMN claimed_by TO claimant;
            INSERT INTO tideline.schema_history
            SELECT installed_rank + 1, '9999', 'later', type, 'V9999__later.sql', checksum, installed_by, now(), 1, true
              FROM tideline.schema_history ORDER BY installed_rank DESC LIMIT 1;
            UPDATE tideline.layout SET version = version + 1;
            COMMIT""";

    private static final String EARLIER = """
            BEGIN;
            ALTER TABLE tideline.outgoing_request RENAME COLUMN claimant TO claimed_by;
            DELETE FROM tideline.schema_history WHERE version = '9999';
            UPDATE tideline.layout SET version = version + 1;
            COMMIT""";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void a_running_pair_stands_by_under_a_later_schema_leaves_sequencing_to_others_and_nothing_is_lost()
            throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            List<SyncRuntime> pair = List.of(scenario.run(), scenario.run());
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'before')");
            Rows.of(scenario.target(), NAMES).become("1|before");

            scenario.source().execute(LATER);
            scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'meanwhile')");
            await("both stand by")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> pair.stream()
                            .noneMatch(runtime -> runtime.operations().ready()));
            try (SourceDatabase source = scenario.openSource();
                    Sequencer later =
                            new Sequencer(source, 1_000, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE)) {
                await("a later version's runtime may sequence")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> !(later.runOnce() instanceof PassResult.StandBy));
            }
            assertThat(Rows.of(scenario.target(), NAMES).now()).containsExactly("1|before");
            assertThat(pair)
                    .allSatisfy(runtime ->
                            assertThat(runtime.operations().trouble()).isEmpty());

            scenario.source().execute(EARLIER);
            Rows.of(scenario.target(), NAMES).become("1|before", "2|meanwhile");
            await("both are at work again")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> pair.stream()
                            .allMatch(runtime -> runtime.operations().ready()));
        }
    }

    @Test
    void an_earlier_schema_is_migrated_beside_writers_and_a_pair_takes_up_what_was_captured_under_it()
            throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            installPrevious(scenario);
            scenario.source().execute("INSERT INTO project_user VALUES (1, 0, 'captured before the upgrade')");
            assertThatThrownBy(scenario::run)
                    .isInstanceOf(NotInstalledException.class)
                    .hasMessageEndingWith("Run \"install\" with this configuration first");

            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger id = new AtomicInteger();
            List<Future<?>> writers = List.of(writer(scenario, stop, id), writer(scenario, stop, id));
            try (Connection holder = scenario.source().connect();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("INSERT INTO project_user VALUES (1, -1, 'open during the upgrade')");
                Future<?> install = threads.submit(scenario::install);
                assertThat(Await.until(install::isDone, Duration.ofMillis(10), Duration.ofSeconds(1)))
                        .as("migrated although a writer's transaction is open")
                        .isFalse();
                holder.commit();
                install.get(60, TimeUnit.SECONDS);
            }
            List<SyncRuntime> pair = List.of(scenario.run(), scenario.run());
            int enough = id.get() + 100;
            await("the application goes on").atMost(Duration.ofSeconds(60)).until(() -> id.get() > enough);
            stop.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
            Rows.of(scenario.target(), "SELECT count(*), sum(id), min(id) FROM users")
                    .become(Rows.of(scenario.source(), "SELECT count(*), sum(id), min(id) FROM project_user")
                            .now()
                            .toArray(String[]::new));
            assertThat(pair).allMatch(runtime -> runtime.operations().ready());
        }
    }

    /** As an earlier version's install left a source. */
    private static void installPrevious(SyncScenario scenario) {
        try (SourceDatabase source = scenario.openSource()) {
            Flyway.configure(Migration.class.getClassLoader())
                    .dataSource(source.pool())
                    .locations("classpath:dev/tideline/sync/install/migration")
                    .schemas("tideline")
                    .table("schema_history")
                    .target(BEFORE_CHANGE_TABLES_CHANGED)
                    .load()
                    .migrate();
            new Installer(source.pool(), line -> {}).install(scenario.plan());
        }
    }

    /** Fails where it waits for a lock for 100 ms; measured by the source, whatever else this machine does. */
    private Future<?> writer(SyncScenario scenario, AtomicBoolean stop, AtomicInteger id) {
        return threads.submit(() -> {
            try (Connection connection = LockWatch.application(scenario.source());
                    Statement statement = connection.createStatement()) {
                statement.execute("SET lock_timeout = '100ms'");
                while (!stop.get()) {
                    statement.execute("INSERT INTO project_user VALUES (1, " + id.incrementAndGet() + ", 'written')");
                }
            }
            return null;
        });
    }
}
