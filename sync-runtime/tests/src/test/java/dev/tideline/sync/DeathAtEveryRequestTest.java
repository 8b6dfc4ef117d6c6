package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.sync.loop.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A runtime dies after some request to a database, the next one after a later one, and so on until one lives to the end
 * of its work. Each time a successor has to bring about what the source holds, and what the dead one had begun must be in
 * nobody's way. {@code -Dtideline.deaths.step=1}: after every request there is.
 */
class DeathAtEveryRequestTest {

    private static final int STEP = Integer.getInteger("tideline.deaths.step", 6);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What the dead leave in this process is tidied up here. */
    private static final ExecutorService REMAINS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "remains");
        thread.setDaemon(true);
        return thread;
    });

    @TempDir
    Path folder;

    /** What a runtime is at when it dies; {@code %1$d} is how many died before. */
    private enum Work {
        /** New, changed, moved, deleted rows of two tenants. */
        CHANGES("""
                INSERT INTO project_user VALUES (1, 1000 + %1$d, 'new', false), (2, 2000 + %1$d, 'new', false);
                UPDATE project_user SET display_name = display_name || '.' WHERE id IN (1, 101, 999 + %1$d);
                UPDATE project_user SET tenancy_id = 3 - tenancy_id WHERE id = 2;
                UPDATE project_user SET id = 5000 + %1$d WHERE id = 998 + %1$d;
                DELETE FROM project_user WHERE id = 1990 + %1$d
                """),
        /** A copy into tables that have rows, some of which have to go. */
        COPY("""
                TRUNCATE project_user;
                INSERT INTO project_user SELECT 1 + i %% 2, i, 'copy %1$d', false FROM generate_series(%1$d, %1$d + 50) i
                """),
        /** A batch of changes of which a target refuses some. */
        PARKING("""
                UPDATE project_user SET display_name = CASE WHEN id IN (2, 3, 101) THEN 'poison ' ELSE 'good ' END || %1$d
                """);

        private final String sql;

        Work(String sql) {
            this.sql = sql;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenever_a_runtime_dies_its_successor_brings_about_what_the_source_holds(Work work) throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            TestDatabase second = scenario.addTarget("2", "main");
            scenario.settings("sync: { workers: 1 }");
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1 + i / 100, i, 'user', false"
                            + " FROM generate_series(1, 5) a, LATERAL (VALUES (a), (100 + a)) b (i)");
            scenario.install();
            succeed(scenario, second);
            for (TestDatabase target : List.of(scenario.target(), second)) {
                target.execute("ALTER TABLE users ADD CONSTRAINT no_poison CHECK (display_name NOT LIKE 'poison%')");
            }
            int requests = 1 + new Random().nextInt(STEP);
            System.out.println(work + ": deaths after every " + STEP + " requests, first after " + requests);
            while (diesAfter(requests, scenario, work)) {
                succeed(scenario, second);
                requests += STEP;
            }
            assertThat(requests).as("requests of one run").isGreaterThan(20);
        }
    }

    /** @return false if it came to its end instead */
    private boolean diesAfter(int requests, SyncScenario scenario, Work work) throws Exception {
        try (CutWire wire = new CutWire(scenario.source().port())) {
            SteppedPipeline runtime = SteppedPipeline.start(config(scenario, wire.port()));
            scenario.source().execute(String.format(work.sql, requests));
            wire.cutAfter(requests);
            CompletableFuture<Void> life = CompletableFuture.runAsync(
                    () -> {
                        try {
                            runtime.sequence();
                            runtime.poll();
                            runtime.awaitIdle();
                        } catch (Exception | AssertionError e) {
                            // It is dead, or dies of what its databases say; the successor shows whether that matters.
                        }
                    },
                    REMAINS);
            assertThat(Await.until(() -> wire.isCut() || life.isDone(), Duration.ofMillis(1), LIMIT))
                    .as("a runtime that dies after %s requests", requests)
                    .isTrue();
            REMAINS.execute(() -> {
                try {
                    runtime.close();
                } catch (SQLException | RuntimeException e) {
                    // It finds its connections dead.
                }
            });
            return wire.isCut();
        }
    }

    private static void succeed(SyncScenario scenario, TestDatabase second) throws Exception {
        try (SteppedPipeline successor = SteppedPipeline.start(scenario.config())) {
            boolean equal = Await.until(
                    () -> {
                        successor.sequence();
                        successor.poll();
                        successor.awaitIdle();
                        return differences(scenario, second).isEmpty();
                    },
                    Duration.ofMillis(5),
                    LIMIT);
            assertThat(equal).as("%s", differences(scenario, second)).isTrue();
        }
    }

    private static List<String> differences(SyncScenario scenario, TestDatabase second) {
        List<String> differences = new ArrayList<>();
        List<TestDatabase> targets = List.of(scenario.target(), second);
        for (int tenant = 1; tenant <= targets.size(); tenant++) {
            // A row that is parked is in the target as it was before.
            String rows = "SELECT id, display_name FROM %s WHERE display_name NOT LIKE 'poison%%' AND id <> ALL ('"
                    + scenario.source()
                            .value("SELECT coalesce(array_agg(id), '{}') FROM project_user"
                                    + " WHERE display_name LIKE 'poison%'")
                    + "') %s ORDER BY id";
            compare(
                    "tenant " + tenant,
                    scenario.source(),
                    String.format(rows, "project_user", "AND tenancy_id = " + tenant),
                    targets.get(tenant - 1),
                    String.format(rows, "users", ""),
                    differences);
        }
        compare(
                "what is parked",
                scenario.source(),
                "SELECT tenancy_id, id FROM project_user WHERE display_name LIKE 'poison%' ORDER BY 1, 2",
                scenario.source(),
                "SELECT tenant, key FROM tideline.parked_row ORDER BY tenant, length(key), key",
                differences);
        return differences;
    }

    private static void compare(
            String what,
            TestDatabase source,
            String wanted,
            TestDatabase target,
            String found,
            List<String> differences) {
        List<String> expected = Rows.of(source, wanted).now();
        List<String> there;
        try {
            there = Rows.of(target, found).now();
        } catch (IllegalStateException e) {
            there = List.of(e.getMessage()); // no table yet
        }
        if (!there.equals(expected)) {
            differences.add(what + ": " + there + " for " + expected);
        }
    }

    private SyncConfig config(SyncScenario scenario, int port) throws IOException {
        String direct = ":" + scenario.source().port() + "/";
        Path file = Files.writeString(
                folder.resolve("tideline.yaml"), scenario.yaml().replace(direct, ":" + port + "/"));
        return SyncConfigLoader.load(file, name -> null);
    }
}
