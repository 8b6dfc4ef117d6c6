package dev.tideline.sync.plan;

import static dev.tideline.sync.plan.PersonScenario.USERS;
import static dev.tideline.sync.plan.PersonScenario.carryOut;
import static dev.tideline.sync.plan.PersonScenario.planned;
import static dev.tideline.sync.plan.PersonScenario.plannedMapping;
import static dev.tideline.sync.plan.PersonScenario.sync;
import static dev.tideline.sync.plan.PersonScenario.synced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.install.Installation;
import dev.tideline.sync.plan.InstallPlan.Action;
import dev.tideline.sync.plan.InstallPlan.MappingInTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of external databases that come, go, move or lose a table: the plan, and what then really happens. */
class ChangedTargetsTest {

    @Test
    void a_database_added_is_filled_and_one_removed_stays_and_catches_up_when_it_returns() {
        try (SyncScenario scenario = synced()) {
            TestDatabase second = scenario.addTarget("1", "second");
            List<InstallPlan.Target> plan =
                    Installation.plan(scenario.config(), 10).targets();
            assertThat(plan).extracting(InstallPlan.Target::name).containsExactly("main", "second");
            assertThat(plan.get(1).mappings().get(0).action()).isEqualTo(Action.FILL);
            carryOut(scenario);
            assertThat(Rows.of(second, USERS).now()).containsExactly("1|Ada", "2|Bob");

            scenario.moveTarget("1"); // leaves only the first
            assertThat(Installation.plan(scenario.config(), 10).targets())
                    .extracting(InstallPlan.Target::name, InstallPlan.Target::problem)
                    .containsExactly(
                            tuple("main", null),
                            tuple(
                                    "second",
                                    "is disabled or no longer listed: it stays as it is. If it comes back, it catches"
                                            + " up, or is compared completely if it was away for too long"));
            scenario.source().execute("DELETE FROM person WHERE id = 1");
            carryOut(scenario);
            assertThat(Rows.of(second, USERS).now()).containsExactly("1|Ada", "2|Bob");

            scenario.addTarget("1", "second", second.url());
            assertThat(Installation.plan(scenario.config(), 10)
                            .targets()
                            .get(1)
                            .mappings()
                            .get(0)
                            .action())
                    .isEqualTo(Action.FOLLOW);
            carryOut(scenario);
            assertThat(Rows.of(second, USERS).now()).containsExactly("2|Bob");
        }
    }

    @Test
    void a_database_at_another_address_is_filled_and_the_old_one_stays() {
        try (SyncScenario scenario = synced();
                TestDatabase elsewhere = PostgresFixture.database(PostgresFixture.NEWEST)) {
            scenario.moveTargets("1", "main", elsewhere.url());
            assertThat(planned(scenario).mappings().get(0).action()).isEqualTo(Action.FILL);
            carryOut(scenario);
            assertThat(Rows.of(elsewhere, USERS).now()).containsExactly("1|Ada", "2|Bob");
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada", "2|Bob");
        }
    }

    @Test
    void a_database_disabled_in_the_table_stays_and_continues_once_enabled() {
        try (SyncScenario scenario = synced()) {
            scenario.source()
                    .execute("CREATE TABLE external_database (tenant text, name text, url text, enabled boolean);"
                            + " INSERT INTO external_database VALUES ('1', 'main', '"
                            + scenario.target().url() + "', false)");
            scenario.externalTable("external_database");
            assertThat(planned(scenario).problem()).startsWith("is disabled or no longer listed");
            scenario.install();
            scenario.source().execute("UPDATE person SET name = 'Bobby' WHERE id = 2");
            scenario.source().execute("UPDATE external_database SET enabled = true");
            assertThat(plannedMapping(scenario).action()).isEqualTo(Action.FOLLOW);
            assertThat(sync(scenario)).isEmpty();
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada", "2|Bobby");
        }
    }

    @Test
    void a_tenant_that_is_gone_takes_its_rows_along() {
        try (SyncScenario scenario = synced()) {
            scenario.source().execute("DELETE FROM person WHERE tenant = 1; DELETE FROM tenancy WHERE id = 1");
            assertThat(plannedMapping(scenario).action()).isEqualTo(Action.FOLLOW);
            assertThat(sync(scenario)).isEmpty();
            assertThat(Rows.of(scenario.target(), USERS).now()).isEmpty();
        }
    }

    @Test
    void a_table_that_somebody_dropped_at_the_target_is_made_and_filled_again() {
        try (SyncScenario scenario = synced()) {
            scenario.target().execute("DROP TABLE users");
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.action()).isEqualTo(Action.FILL);
            assertThat(plan.because()).containsExactly("somebody dropped or changed the table at the target");
            scenario.source().execute("UPDATE person SET name = 'Bobby' WHERE id = 2");
            carryOut(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada", "2|Bobby");
        }
    }

    @Test
    void a_table_dropped_below_a_runtime_is_made_and_filled_again_with_the_next_change() {
        try (SyncScenario scenario = synced()) {
            scenario.run();
            scenario.source().execute("UPDATE person SET name = 'Bobby' WHERE id = 2");
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bobby");
            scenario.target().execute("DROP TABLE users");
            scenario.source().execute("UPDATE person SET name = 'Bert' WHERE id = 2");
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bert");
        }
    }
}
