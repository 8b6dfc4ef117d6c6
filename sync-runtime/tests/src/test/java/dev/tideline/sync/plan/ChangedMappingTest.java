package dev.tideline.sync.plan;

import static dev.tideline.sync.plan.PersonScenario.FEW;
import static dev.tideline.sync.plan.PersonScenario.USERS;
import static dev.tideline.sync.plan.PersonScenario.carryOut;
import static dev.tideline.sync.plan.PersonScenario.mapping;
import static dev.tideline.sync.plan.PersonScenario.planned;
import static dev.tideline.sync.plan.PersonScenario.plannedMapping;
import static dev.tideline.sync.plan.PersonScenario.sync;
import static dev.tideline.sync.plan.PersonScenario.synced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.plan.InstallPlan.Action;
import dev.tideline.sync.plan.InstallPlan.MappingInTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a target when the mapping itself changes: the plan, and what then really happens. */
class ChangedMappingTest {

    @Test
    void nothing_changed_and_nothing_happens() {
        try (SyncScenario scenario = synced()) {
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan)
                    .isEqualTo(new MappingInTarget(
                            "users", "users", Action.FOLLOW, 0, List.of(), List.of(), List.of(), null));
            String before = scenario.target().value("SELECT updated_at FROM tideline_sync_metadata");
            carryOut(scenario);
            assertThat(scenario.target().value("SELECT updated_at FROM tideline_sync_metadata"))
                    .isEqualTo(before);
        }
    }

    @Test
    void rows_that_leave_the_filter_are_deleted() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(mapping("target: users", "SELECT r.id, r.name FROM person r", "    where: r.age < 40\n"));
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.action()).isEqualTo(Action.COPY_AGAIN);
            assertThat(plan.because()).containsExactly("where changed from nothing to r.age < 40");
            carryOut(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada");
        }
    }

    @Test
    void another_select_changes_values_in_place() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(
                    mapping("target: users", "SELECT r.id, upper(r.name)::varchar(10) AS name FROM person r", ""));
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.action()).isEqualTo(Action.COPY_AGAIN);
            assertThat(plan.because()).containsExactly("select changed");
            assertThat(plan.alterations()).isEmpty();
            carryOut(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|ADA", "2|BOB");
        }
    }

    @Test
    void another_tenant_column_brings_other_rows() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(FEW.replace("tenant: tenant", "tenant: owner"));
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.action()).isEqualTo(Action.COPY_AGAIN);
            assertThat(plan.because()).containsExactly("tenant changed from tenant to owner");
            carryOut(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("2|Bob", "3|Eve");
        }
    }

    @Test
    void a_table_whose_mapping_was_removed_stays_and_comes_back() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(FEW.replace("users:", "people:").replace("target: users", "target: people"));
            InstallPlan.Target plan = planned(scenario);
            assertThat(plan.mappings())
                    .extracting(MappingInTarget::mapping, MappingInTarget::action)
                    .containsExactly(tuple("people", Action.FILL), tuple("users", Action.LEAVE));
            assertThat(plan.mappings().get(1).left())
                    .containsExactly("table \"public\".\"users\" stays as it is and is no longer updated; to remove it,"
                            + " run there: DROP TABLE \"public\".\"users\"");
            carryOut(scenario);
            scenario.source().execute("DELETE FROM person WHERE id = 1");
            assertThat(sync(scenario)).isEmpty();
            assertThat(Rows.of(scenario.target(), "SELECT id FROM people").now())
                    .containsExactly("2");
            assertThat(Rows.of(scenario.target(), "SELECT id FROM users ORDER BY id")
                            .now())
                    .containsExactly("1", "2");
            scenario.mappings(FEW);
            carryOut(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("2|Bob");
        }
    }

    @Test
    void a_renamed_target_is_filled_anew_and_the_old_table_stays() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(mapping("target: people", "SELECT r.id, r.name FROM person r", ""));
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.action()).isEqualTo(Action.FILL);
            assertThat(plan.table()).isEqualTo("people");
            assertThat(plan.because()).containsExactly("target changed from users to people");
            assertThat(plan.left())
                    .containsExactly("table \"public\".\"users\" stays as it is and is no longer updated; to remove it,"
                            + " run there: DROP TABLE \"public\".\"users\"");
            carryOut(scenario);
            assertThat(Rows.of(scenario.target(), "SELECT * FROM people ORDER BY id")
                            .now())
                    .containsExactly("1|Ada", "2|Bob");
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada", "2|Bob");
        }
    }

    @Test
    void a_renamed_target_never_takes_a_table_of_the_owners_with_rows() {
        try (SyncScenario scenario = synced()) {
            scenario.target()
                    .execute(
                            "CREATE TABLE people (id int PRIMARY KEY, name varchar(10)); INSERT INTO people VALUES (7, 'x')");
            scenario.mappings(mapping("target: people", "SELECT r.id, r.name FROM person r", ""));
            String problem = "table people does not fit the mapping: it has rows that Tideline did not write, which the"
                    + " mapping's rows would replace. Empty, rename or drop the table, or give the mapping another target";
            assertThat(plannedMapping(scenario).problem()).isEqualTo(problem);
            scenario.install();
            assertThat(sync(scenario).get("main/users")).hasMessage("tenant 1, target main, mapping users: " + problem);
            assertThat(Rows.of(scenario.target(), "SELECT * FROM people").now()).containsExactly("7|x");
        }
    }
}
