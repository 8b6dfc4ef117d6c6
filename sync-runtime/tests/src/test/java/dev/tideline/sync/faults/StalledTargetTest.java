package dev.tideline.sync.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SteppedPipeline;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TcpProxy;
import dev.tideline.sync.TcpProxy.Mode;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.loop.Await;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A target that stops taking data in the middle. The rows are far more than fits into the sockets on their way, so that the
 * source's statement would stay open for as long as the target likes.
 */
class StalledTargetTest {

    /** The 2 s of the statement, the time between two looks, and as much again for a busy machine. */
    private static final String BOUND = "SET lock_timeout = '5s'";

    private static final int ROWS = 40_000; // of 2 KB

    private static final String COPIES = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND state = 'active' AND query LIKE '%) TO STDOUT%' AND pid <> pg_backend_pid()";

    private static final String FINGERPRINT = "SELECT count(*), sum(hashtextextended(id || display_name, 0)) FROM ";

    private SyncScenario scenario;
    private TcpProxy proxy;
    private TestDatabase behind;

    @BeforeEach
    void oneTargetBehindAProxy() {
        scenario = SyncScenario.users();
        proxy = new TcpProxy(scenario.target().port());
        behind = scenario.target();
        scenario.moveTargets("1", "stalls", proxy.url(behind));
    }

    @AfterEach
    void close() {
        proxy.close();
        scenario.close();
    }

    @Test
    void alter_table_of_the_application_gets_through_while_a_target_stalls_in_its_first_copy() {
        insert();
        scenario.install();
        proxy.hangAfter(4_000_000);
        scenario.run();
        awaitHanging();

        scenario.source().execute(BOUND, "ALTER TABLE project_user ADD COLUMN note text");

        proxy.set(Mode.PASS);
        assertArrives();
    }

    @Test
    void truncate_of_the_application_gets_through_while_a_target_stalls_in_a_large_batch() throws Exception {
        oneLargeBatchWaits();
        proxy.hangAfter(4_000_000);
        scenario.run();
        awaitHanging();

        scenario.source()
                .execute(
                        BOUND,
                        "TRUNCATE project_user",
                        "INSERT INTO project_user SELECT 1, i, 'new' FROM generate_series(1, 10) i");

        proxy.set(Mode.PASS);
        assertArrives();
    }

    @Test
    void a_target_that_never_takes_a_batch_within_one_statement_gets_it_from_several() throws Exception {
        oneLargeBatchWaits();
        proxy.hangAfter(30_000_000);
        scenario.run();
        String all = fingerprint();
        int stalls = 0;
        while (!Rows.of(behind, FINGERPRINT + "users").now().contains(all)) {
            awaitHangingOr(all);
            if (proxy.hangs()) {
                assertThat(++stalls).as("stalls").isLessThan(12);
                Rows.of(scenario.source(), COPIES).become("0");
                proxy.hangAfter(30_000_000);
                proxy.set(Mode.PASS);
            }
        }
        assertThat(stalls).isGreaterThan(1);
    }

    /** Leaves a target that was caught up behind a batch of all rows. */
    private void oneLargeBatchWaits() throws Exception {
        scenario.settings("sync: { batch_size: " + ROWS + " }");
        scenario.install();
        try (SyncRuntime runtime = scenario.run()) {
            Rows.of(behind, "SELECT count(*) FROM users").become("0");
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request")
                    .become("0");
        }
        insert();
        Rows sequenced = Rows.of(scenario.source(), "SELECT count(*) FROM tideline.row_state WHERE sequence_id > 0");
        try (SteppedPipeline pipeline = SteppedPipeline.start(scenario.config())) {
            assertThat(Await.until(
                            () -> {
                                pipeline.sequence();
                                return sequenced.now().contains(String.valueOf(ROWS));
                            },
                            Duration.ofMillis(1),
                            Duration.ofSeconds(30)))
                    .isTrue();
        }
    }

    private void insert() {
        scenario.source()
                .execute("INSERT INTO project_user SELECT 1, i, repeat(md5(i::text), 60) FROM generate_series(1, "
                        + ROWS + ") i");
    }

    private String fingerprint() {
        return Rows.of(scenario.source(), FINGERPRINT + "project_user").now().get(0);
    }

    private void assertArrives() {
        Rows.of(behind, FINGERPRINT + "users").become(fingerprint());
    }

    private void awaitHanging() {
        Awaitility.await("the target stalls")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(proxy::hangs);
    }

    private void awaitHangingOr(String arrived) {
        Awaitility.await("the target stalls, or has all")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> proxy.hangs()
                        || Rows.of(behind, FINGERPRINT + "users").now().contains(arrived));
    }
}
