package dev.tideline.sync.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.event.SyncListener;
import java.util.List;
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
        sync(scenario, "1");
    }

    /** As if a change had been given the next id in what the source has no more. */
    private static void losesAChange(TestDatabase target) {
        target.execute(
                "INSERT INTO users (tenancy_id, id, display_name) VALUES (1, 9, 'Eve')",
                "UPDATE tideline_sync_metadata SET last_synced_sequence_id = last_synced_sequence_id + 1");
    }

    private static void sync(SyncScenario scenario, String tenant) {
        assertThat(TenantSync.run(scenario.config(), tenant, SyncListener.NONE).failures())
                .isEmpty();
    }

    /** Bob of tenant 2, in an external database of its own. */
    private static TestDatabase bob(SyncScenario scenario) {
        TestDatabase other = scenario.addTarget("2", "main");
        scenario.source().execute("INSERT INTO project_user VALUES (2, 2, 'Bob', false)");
        sync(scenario, "2");
        return other;
    }

    @Test
    void a_target_with_an_id_that_was_never_given_is_compared_and_the_others_are_left_alone() {
        try (SyncScenario scenario = ada()) {
            TestDatabase other = bob(scenario);
            other.execute("INSERT INTO users (tenancy_id, id, display_name) VALUES (2, 9, 'Eve')");
            losesAChange(scenario.target());

            sync(scenario, "1");
            sync(scenario, "2");

            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada");
            assertThat(Rows.of(other, USERS).now()).as("not compared").containsExactly("2|Bob", "9|Eve");
            assertThat(scenario.source().value(EPOCH)).isEqualTo("0");
        }
    }

    @Test
    void all_are_compared_once_the_targets_of_two_tenants_have_such_ids() {
        try (SyncScenario scenario = ada()) {
            TestDatabase other = bob(scenario);
            TestDatabase second = scenario.addTarget("1", "second");
            sync(scenario, "1");
            scenario.source().execute("UPDATE project_user SET display_name = display_name");
            sync(scenario, "1");
            sync(scenario, "2");
            second.execute("INSERT INTO users (tenancy_id, id, display_name) VALUES (1, 9, 'Eve')");
            for (TestDatabase lost : List.of(scenario.target(), other)) {
                lost.execute(
                        "UPDATE tideline_sync_metadata SET last_synced_sequence_id = last_synced_sequence_id + 10");
            }

            sync(scenario, "1");
            sync(scenario, "2");
            String epoch = scenario.source().value(EPOCH);
            assertThat(epoch).isNotEqualTo("0");
            sync(scenario, "1");

            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada");
            assertThat(Rows.of(second, USERS).now()).containsExactly("1|Ada");
            assertThat(scenario.source().value(EPOCH)).as("once").isEqualTo(epoch);
        }
    }

    @Test
    void a_tenant_who_writes_such_ids_again_and_again_has_only_its_own_rows_compared() {
        try (SyncScenario scenario = ada()) {
            for (int i = 0; i < 5; i++) {
                losesAChange(scenario.target());
                sync(scenario, "1");
                assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada");
            }
            assertThat(scenario.source().value(EPOCH)).isEqualTo("0");
        }
    }

    @Test
    void a_target_that_keeps_such_ids_when_they_are_reset_fails_and_nobody_goes_round_in_circles() {
        try (SyncScenario scenario = ada()) {
            losesAChange(scenario.target());
            scenario.target()
                    .execute("CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END';"
                            + " CREATE TRIGGER keep BEFORE UPDATE ON tideline_sync_metadata"
                            + " FOR EACH ROW EXECUTE FUNCTION keep()");

            assertThat(TenantSync.run(scenario.config(), "1", SyncListener.NONE)
                            .failures()
                            .get("main"))
                    .hasMessageContaining("tideline_sync_metadata names ids that the source never gave, and keeps them"
                            + " when they are reset; see what triggers and rules it has");
        }
    }

    @Test
    void a_target_that_was_truncated_in_the_lost_history_is_compared_too() {
        try (SyncScenario scenario = ada()) {
            scenario.target()
                    .execute(
                            "INSERT INTO users (tenancy_id, id, display_name) VALUES (1, 9, 'Eve')",
                            "UPDATE tideline_sync_metadata SET definition = regexp_replace(definition, '/0$', '/1')");
            scenario.source().execute("TRUNCATE project_user; INSERT INTO project_user VALUES (1, 1, 'Ada', false)");

            sync(scenario, "1");

            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada");
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
