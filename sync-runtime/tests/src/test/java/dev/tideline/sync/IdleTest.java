package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.loop.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleTest {

    private static final int TENANTS = 30;
    private static final Duration WINDOW = Duration.ofSeconds(2);

    @Test
    void while_nothing_changes_the_number_of_queries_does_not_grow_with_tenants_and_no_target_is_asked()
            throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute("INSERT INTO tenancy SELECT generate_series(3, " + TENANTS
                            + "); INSERT INTO project_user SELECT i, i, 'user', false FROM generate_series(1, "
                            + TENANTS
                            + ") i");
            TestDatabase target = scenario.target();
            for (int tenant = 2; tenant <= TENANTS; tenant++) {
                scenario.addTarget("" + tenant, "main", target.url() + "?currentSchema=t" + tenant);
            }
            scenario.install();
            scenario.run();
            Rows.of(target, "SELECT count(*) FROM pg_class WHERE relname = 'users' AND relkind = 'r'")
                    .become("" + TENANTS);
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request")
                    .become("0");
            // Until the loops have backed off there may be more of them.
            int limit = 30;
            assertThat(Await.until(() -> commits(scenario.source()) <= limit, Duration.ZERO, Duration.ofSeconds(30)))
                    .as("at most %s transactions of ours at the source in %s", limit, WINDOW)
                    .isTrue();
            // A session counts its commits in the server's statistics up to ten seconds after it has become idle.
            assertThat(Await.until(() -> commits(target) <= 2, Duration.ZERO, Duration.ofSeconds(30)))
                    .as("at most 2 transactions of ours at the target in %s", WINDOW)
                    .isTrue();
        }
    }

    /** How many transactions end while the window passes, our own looks left out as far as they can be. */
    private static long commits(TestDatabase database) throws Exception {
        String sql = "SELECT pg_stat_get_db_xact_commit((SELECT oid FROM pg_database WHERE datname = '"
                + database.name() + "'))";
        TestDatabase elsewhere = PostgresFixture.database(PostgresFixture.NEWEST);
        try (elsewhere) {
            long before = Long.parseLong(elsewhere.value(sql));
            Await.until(() -> false, Duration.ofMillis(100), WINDOW);
            return Long.parseLong(elsewhere.value(sql)) - before;
        }
    }
}
