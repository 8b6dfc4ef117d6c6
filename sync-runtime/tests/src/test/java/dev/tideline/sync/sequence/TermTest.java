package dev.tideline.sync.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.engine.SyncListener;
import org.junit.jupiter.api.Test;

class TermTest {

    private static final String USERS = "SELECT id, display_name FROM users ORDER BY id";
    private static final String CURSOR = "SELECT last_synced_sequence_id FROM tideline_sync_metadata";
    private static final String EPOCH = "SELECT epoch FROM tideline.stream WHERE kind = 'root'";

    private static SyncScenario ada() {
        SyncScenario scenario = SyncScenario.users();
        scenario.install();
        scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
        sync(scenario);
        return scenario;
    }

    /** With a sequencer of its own, which begins a term. */
    private static void sync(SyncScenario scenario) {
        assertThat(TenantSync.run(scenario.config(), "1", SyncListener.NONE).failures())
                .isEmpty();
    }

    /** As if a change had been given the next id in what the source has no more. */
    private static void losesAChange(TestDatabase target) {
        target.execute(
                "INSERT INTO users (tenancy_id, id, display_name) VALUES (1, 9, 'Eve')",
                "UPDATE tideline_sync_metadata SET last_synced_sequence_id = last_synced_sequence_id + 1");
    }

    @Test
    void a_target_with_an_id_that_was_never_given_is_compared_and_so_are_the_others() {
        try (SyncScenario scenario = ada()) {
            TestDatabase second = scenario.addTarget("1", "second");
            sync(scenario);
            losesAChange(scenario.target());
            second.execute("INSERT INTO users (tenancy_id, id, display_name) VALUES (1, 9, 'Eve')");

            sync(scenario);

            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada");
            assertThat(Rows.of(second, USERS).now()).containsExactly("1|Ada");
        }
    }

    @Test
    void it_is_compared_once_however_many_targets_have_such_ids() {
        try (SyncScenario scenario = ada()) {
            TestDatabase second = scenario.addTarget("1", "second");
            sync(scenario);
            losesAChange(scenario.target());
            losesAChange(second);
            sync(scenario);
            String epoch = scenario.source().value(EPOCH);
            assertThat(epoch).isNotEqualTo("0");

            sync(scenario);

            assertThat(scenario.source().value(EPOCH)).isEqualTo(epoch);
        }
    }

    @Test
    void a_target_that_was_truncated_in_the_lost_history_is_compared_too() {
        try (SyncScenario scenario = ada()) {
            TestDatabase truncated = scenario.addTarget("1", "truncated");
            sync(scenario);
            losesAChange(scenario.target());
            truncated.execute(
                    "INSERT INTO users (tenancy_id, id, display_name) VALUES (1, 9, 'Eve')",
                    "UPDATE tideline_sync_metadata SET definition = regexp_replace(definition, '/0$', '/1')");

            sync(scenario);

            assertThat(Rows.of(truncated, USERS).now()).containsExactly("1|Ada");
        }
    }

    @Test
    void terms_that_follow_each_other_compare_nothing() {
        try (SyncScenario scenario = ada()) {
            for (int i = 2; i < 5; i++) {
                scenario.source().execute("INSERT INTO project_user VALUES (1, " + i + ", 'Bob', false)");
                sync(scenario);
                sync(scenario);
            }
            assertThat(scenario.source().value(EPOCH)).isEqualTo("0");
            assertThat(Long.parseLong(scenario.target().value(CURSOR)))
                    .isLessThanOrEqualTo(
                            Long.parseLong(scenario.source().value("SELECT last_sequence_id FROM tideline.sequencer")));
        }
    }

    @Test
    void a_source_that_was_restored_into_a_cluster_with_younger_transaction_ids_is_followed() {
        try (SyncScenario scenario = ada()) {
            scenario.source()
                    .execute(
                            "INSERT INTO project_user VALUES (1, 2, 'Bob', false)",
                            "UPDATE tideline.change_0 SET xid = '900000005'",
                            "UPDATE tideline.sequencer SET last_snapshot = '900000000:900000000:'");
            sync(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada", "2|Bob");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 3, 'Eve', false)");
            sync(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada", "2|Bob", "3|Eve");
        }
    }
}
