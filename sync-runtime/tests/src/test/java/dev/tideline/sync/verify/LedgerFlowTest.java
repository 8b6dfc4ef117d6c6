package dev.tideline.sync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.loop.Signal;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.verify.Comparison.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Verifying what the real pipeline brings, while it brings it. */
class LedgerFlowTest {

    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(20);

    @Test
    void rows_that_the_pipeline_has_under_way_are_awaited_while_writers_continue() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, 'name ' || i, false"
                            + " FROM generate_series(1, 5000) i");
            scenario.install();
            scenario.run();
            long seed = new Random().nextLong();
            AtomicBoolean stop = new AtomicBoolean();
            ExecutorService writer = Executors.newSingleThreadExecutor();
            try {
                Future<?> writing = writer.submit(() -> write(scenario, new Random(seed), stop));
                awaitTable(scenario);
                for (int i = 0; i < 5; i++) {
                    VerifyReport report = verifier().verify(comparison(scenario));
                    assertThat(report.equal()).as("seed %d: %s", seed, report).isTrue();
                }
                scenario.target().execute("UPDATE users SET display_name = 'forged' WHERE id = 4000");
                RepairReport repair = verifier().repair(comparison(scenario));
                assertThat(repair.before().rows())
                        .as("seed %d", seed)
                        .containsExactly(new RowDifference(
                                RowDifference.Kind.DIFFERENT, new RowKey(List.of("4000")), List.of("display_name")));
                assertThat(repair.repaired()).isEqualTo(1);
                assertThat(repair.after().equal())
                        .as("seed %d: %s", seed, repair)
                        .isTrue();
                stop.set(true);
                writing.get();
            } finally {
                stop.set(true);
                writer.shutdown();
            }
        }
    }

    @Test
    void a_truncated_table_is_awaited_until_the_targets_copy_is_done() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            scenario.install();
            scenario.run();
            awaitTable(scenario);
            assertThat(verifier().verify(comparison(scenario)).equal()).isTrue();

            scenario.source().execute("TRUNCATE project_user; INSERT INTO project_user VALUES (1, 3, 'Eve', false)");

            assertThat(verifier().verify(comparison(scenario)).equal()).isTrue();
            assertThat(scenario.target().value("SELECT string_agg(id::text, ',') FROM users"))
                    .isEqualTo("3");
        }
    }

    @Test
    void without_a_runtime_what_is_under_way_is_unsettled_and_a_forged_row_is_still_convicted() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            scenario.install();
            SyncRuntime runtime = scenario.run();
            awaitTable(scenario);
            assertThat(verifier().verify(comparison(scenario)).equal()).isTrue();
            runtime.close();
            scenario.target().execute("UPDATE users SET display_name = 'forged' WHERE id = 1");

            Verifier hasty = new Verifier(
                    new VerifyOptions(10, Duration.ZERO), () -> {}, System::nanoTime, VerifyListener.SILENT);
            assertThat(hasty.verify(comparison(scenario)).different()).isEqualTo(1);

            scenario.source().execute("UPDATE project_user SET display_name = 'Bo' WHERE id = 2");
            VerifyReport report = hasty.verify(comparison(scenario));
            assertThat(report.unsettled()).isEqualTo(2);
            assertThat(report.equal()).isFalse();
        }
    }

    @Test
    void where_nothing_is_installed_nothing_is_under_way() {
        try (SyncScenario scenario = SyncScenario.users()) {
            assertThat(comparison(scenario).flow()).isSameAs(Flow.NONE);
        }
    }

    private static Void write(SyncScenario scenario, Random random, AtomicBoolean stop) throws SQLException {
        try (Connection c = scenario.source().connect();
                Statement s = c.createStatement()) {
            while (!stop.get()) {
                int id = 1 + random.nextInt(30);
                switch (random.nextInt(4)) {
                    case 0 -> s.execute("DELETE FROM project_user WHERE id = " + id);
                    case 1 ->
                        s.execute("INSERT INTO project_user VALUES (1, " + id
                                + ", 'again', false) ON CONFLICT DO NOTHING");
                    case 2 -> s.execute("UPDATE project_user SET is_anonymous = NOT is_anonymous WHERE id = " + id);
                    default ->
                        s.execute(
                                "UPDATE project_user SET display_name = 'v" + random.nextInt(2) + "' WHERE id = " + id);
                }
            }
        }
        return null;
    }

    /** A target without the table is an error, and the runtime makes it a moment after its start. */
    private static void awaitTable(SyncScenario scenario) throws Exception {
        assertThat(Await.until(
                        () -> scenario.target().value("SELECT to_regclass('users')") != null,
                        LOOK_AGAIN_AFTER,
                        Duration.ofSeconds(20)))
                .isTrue();
    }

    private static Comparison comparison(SyncScenario scenario) {
        Mapping mapping = scenario.plan().mappings().get(0);
        Connections source = scenario.source()::connect;
        Connections target = scenario.target()::connect;
        return new Comparison(mapping, "1", source, target, LedgerFlow.between(source, target, mapping, "1", "main"));
    }

    private static Verifier verifier() {
        Signal never = new Signal();
        return new Verifier(
                VerifyOptions.DEFAULT, () -> never.await(LOOK_AGAIN_AFTER), System::nanoTime, VerifyListener.SILENT);
    }
}
