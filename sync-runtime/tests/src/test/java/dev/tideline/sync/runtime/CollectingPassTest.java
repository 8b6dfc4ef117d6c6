package dev.tideline.sync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.collect.LedgerCollector;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CollectingPassTest {

    private static final Duration REST = Duration.ofMinutes(5);
    private static final String LEDGER = "SELECT count(*) FROM tideline.ledger_1";

    /** Two entries that every cursor has passed, and that are old enough to go. */
    private static SyncScenario twoOldEntries() {
        SyncScenario scenario = SyncScenario.users();
        scenario.install();
        TenantSync.run(scenario.config(), "1", SyncListener.NONE);
        scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
        TenantSync.run(scenario.config(), "1", SyncListener.NONE);
        scenario.source().execute("UPDATE tideline.ledger_1 SET changed_at = now() - interval '2 hours'");
        assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("2");
        return scenario;
    }

    @Test
    void a_runtime_that_has_caught_up_collects_however_lately_it_was_started() {
        try (SyncScenario scenario = twoOldEntries()) {
            scenario.run();
            Rows.of(scenario.source(), LEDGER).become("0");
        }
    }

    @Test
    void the_first_round_waits_for_a_backlog_but_no_longer_than_for_a_rest() throws SQLException {
        try (SyncScenario scenario = twoOldEntries();
                SourceDatabase source = scenario.openSource()) {
            AtomicBoolean sequenced = new AtomicBoolean();
            AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // which turns over, as a monotonic one may
            CollectingPass pass = new CollectingPass(new LedgerCollector(source), REST, sequenced::get, clock::get);

            round(pass);
            assertThat(Rows.of(scenario.source(), LEDGER).now())
                    .as("the sequencer has a backlog")
                    .containsExactly("2");

            sequenced.set(true);
            scenario.source()
                    .execute("INSERT INTO tideline.outgoing_request (kind, tenant, deduplication_key)"
                            + " VALUES ('sync', '1', 'sync:1')");
            round(pass);
            assertThat(Rows.of(scenario.source(), LEDGER).now())
                    .as("a target has a backlog")
                    .containsExactly("2");

            clock.addAndGet(REST.toNanos());
            round(pass);
            assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("0");
        }
    }

    @Test
    void a_tenant_whose_target_waits_for_its_next_try_is_no_backlog() throws SQLException {
        try (SyncScenario scenario = twoOldEntries();
                SourceDatabase source = scenario.openSource()) {
            scenario.source()
                    .execute("INSERT INTO tideline.outgoing_request (kind, tenant, deduplication_key, not_before)"
                            + " VALUES ('sync', '1', 'sync:1', now() + interval '1 hour')");
            round(new CollectingPass(new LedgerCollector(source), REST, () -> true, () -> 0));
            assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("0");
        }
    }

    @Test
    void there_is_a_rest_after_a_round() throws SQLException {
        try (SyncScenario scenario = twoOldEntries();
                SourceDatabase source = scenario.openSource()) {
            AtomicLong clock = new AtomicLong();
            CollectingPass pass = new CollectingPass(new LedgerCollector(source), REST, () -> true, clock::get);
            round(pass);
            scenario.source()
                    .execute("INSERT INTO tideline.ledger_1 (tenant, k1, sequence_id, changed_at)"
                            + " VALUES ('1', 1, 1, now() - interval '2 hours')");

            clock.addAndGet(REST.toNanos() - 1);
            round(pass);
            assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("1");

            clock.incrementAndGet();
            round(pass);
            assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("0");
        }
    }

    private static void round(CollectingPass pass) throws SQLException {
        int steps = 0;
        while (pass.runOnce() instanceof Pass.Next.Busy) {
            assertThat(++steps).isLessThan(100);
        }
    }
}
