package dev.tideline.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Installation;
import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncException;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.engine.SyncListener;
import dev.tideline.sync.plan.InstallPlan.Action;
import dev.tideline.sync.plan.InstallPlan.MappingInTarget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the plan says of each change of a configuration, and what then really happens to the target. */
class LifeOfAMappingTest {

    private static final String FEW = mapping("target: users", "SELECT r.id, r.name FROM person r", "");
    private static final String USERS = "SELECT * FROM users ORDER BY id";

    private static String mapping(String target, String select, String more) {
        return "mappings:\n  users:\n    table: person\n    tenant: tenant\n    key: [id]\n    " + target + "\n"
                + (select.isEmpty() ? "" : "    select: " + select + "\n") + more;
    }

    /** Two persons of tenant 1, Ada and Bob, and Eve of tenant 2, synced to tenant 1's database. */
    private static SyncScenario synced() {
        SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE person (tenant int NOT NULL, owner int, id int PRIMARY KEY, name varchar(10), age int);
                INSERT INTO person VALUES (1, 2, 1, 'Ada', 36), (1, 1, 2, 'Bob', 50), (2, 1, 3, 'Eve', 20);
                """, FEW);
        scenario.install();
        sync(scenario);
        assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada", "2|Bob");
        return scenario;
    }

    private static Map<String, SyncException> sync(SyncScenario scenario) {
        return TenantSync.run(scenario.config(), "1", SyncListener.NONE).failures();
    }

    private static InstallPlan.Target planned(SyncScenario scenario) {
        return Installation.plan(scenario.config(), 10).targets().get(0);
    }

    /** The plan for the only mapping, once it was seen to change nothing. */
    private static MappingInTarget plannedMapping(SyncScenario scenario) {
        List<String> source = Rows.of(
                        scenario.source(),
                        "SELECT layout_version, (SELECT string_agg(definition, ',') FROM"
                                + " tideline.mapping) FROM tideline.sequencer")
                .now();
        List<String> target = Rows.of(scenario.target(), "SELECT * FROM tideline_sync_metadata")
                .now();
        InstallPlan.Target plan = planned(scenario);
        assertThat(plan.problem()).isNull();
        assertThat(plan.mappings()).hasSize(1);
        assertThat(Rows.of(
                                scenario.source(),
                                "SELECT layout_version, (SELECT string_agg(definition, ',') FROM"
                                        + " tideline.mapping) FROM tideline.sequencer")
                        .now())
                .isEqualTo(source);
        assertThat(Rows.of(scenario.target(), "SELECT * FROM tideline_sync_metadata")
                        .now())
                .isEqualTo(target);
        return plan.mappings().get(0);
    }

    private static void carryOut(SyncScenario scenario) {
        scenario.install();
        assertThat(sync(scenario)).isEmpty();
    }

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
    void a_column_added_is_added_to_the_table_and_filled() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(mapping("target: users", "SELECT r.id, r.name, r.age FROM person r", ""));
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.action()).isEqualTo(Action.COPY_AGAIN);
            assertThat(plan.rows()).isPositive();
            assertThat(plan.because()).containsExactly("column age added", "select changed");
            assertThat(plan.alterations()).containsExactly("column age integer added");
            carryOut(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada|36", "2|Bob|50");
        }
    }

    @Test
    void a_column_removed_keeps_its_values_and_the_plan_says_how_to_remove_it() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(mapping("target: users", "SELECT r.id, r.age FROM person r", ""));
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.because()).containsExactly("column age added", "column name removed", "select changed");
            assertThat(plan.left())
                    .containsExactly("column name keeps the values that it has; to remove it, run there: ALTER TABLE"
                            + " \"public\".\"users\" DROP COLUMN \"name\"");
            carryOut(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada|36", "2|Bob|50");
            scenario.target().execute("ALTER TABLE users DROP COLUMN name");
            scenario.source().execute("UPDATE person SET age = 51 WHERE id = 2");
            assertThat(sync(scenario)).isEmpty();
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|36", "2|51");
        }
    }

    @Test
    void a_type_made_wider_is_followed_without_writing_the_table_anew() {
        try (SyncScenario scenario = synced()) {
            scenario.source().execute("ALTER TABLE person ALTER COLUMN name TYPE varchar(40)");
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.because())
                    .containsExactly("type of name changed from character varying(10) to character varying(40)");
            assertThat(plan.alterations())
                    .containsExactly("column name from character varying(10) to character varying(40)");
            String file = scenario.target().value("SELECT pg_relation_filenode('users')");
            carryOut(scenario);
            assertThat(scenario.target().value("SELECT pg_relation_filenode('users')"))
                    .isEqualTo(file);
            scenario.source().execute("UPDATE person SET name = 'a name of thirty characters...' WHERE id = 1");
            assertThat(sync(scenario)).isEmpty();
            assertThat(Rows.of(scenario.target(), USERS).now())
                    .containsExactly("1|a name of thirty characters...", "2|Bob");
        }
    }

    @Test
    void a_type_that_has_rows_written_anew_is_changed_at_once_in_a_small_table() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(mapping("target: users", "SELECT r.id, r.name, r.age FROM person r", ""));
            carryOut(scenario);
            scenario.source().execute("ALTER TABLE person ALTER COLUMN age TYPE bigint");
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.alterations())
                    .containsExactly(
                            "column age from integer to bigint, for which Postgres writes the table anew (8 kB)");
            carryOut(scenario);
            scenario.source().execute("UPDATE person SET age = 10000000000 WHERE id = 1");
            assertThat(sync(scenario)).isEmpty();
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada|10000000000", "2|Bob|50");
        }
    }

    @Test
    void a_large_table_is_not_written_anew_without_being_asked_for() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(mapping("target: users", "SELECT r.id, r.name, r.age FROM person r", ""));
            carryOut(scenario);
            scenario.target()
                    .execute(
                            "ALTER TABLE users ADD COLUMN note text; ALTER TABLE users ALTER COLUMN note SET STORAGE EXTERNAL;"
                                    + " UPDATE users SET note = repeat('x', 17000000)");
            scenario.source().execute("ALTER TABLE person ALTER COLUMN age TYPE bigint");
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.action()).isEqualTo(Action.FAIL);
            scenario.install();
            String kilobytes = scenario.target().value("SELECT (pg_table_size('users') + 1023) / 1024");
            String problem =
                    "table users cannot be brought to the mapping: column age is integer, and the mapping gives"
                            + " bigint; to change it Postgres would write " + kilobytes
                            + " kB anew while readers wait. Run there when"
                            + " that suits: ALTER TABLE \"public\".\"users\" ALTER COLUMN \"age\" TYPE bigint USING"
                            + " \"age\"::bigint; or, without making readers wait: ALTER TABLE \"public\".\"users\" DROP COLUMN"
                            + " \"age\", whereupon it is added anew and filled";
            assertThat(plan.problem()).isEqualTo(problem);
            assertThat(sync(scenario).get("main/users")).hasMessage("tenant 1, target main, mapping users: " + problem);
            scenario.target().execute("ALTER TABLE users DROP COLUMN age");
            assertThat(sync(scenario)).isEmpty();
            assertThat(Rows.of(scenario.target(), "SELECT id, age FROM users ORDER BY id")
                            .now())
                    .containsExactly("1|36", "2|50");
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
    void a_table_whose_mapping_was_removed_stays_and_comes_back() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(FEW.replace("users:", "people:").replace("target: users", "target: people"));
            InstallPlan.Target plan = planned(scenario);
            assertThat(plan.mappings())
                    .extracting(MappingInTarget::mapping, MappingInTarget::action)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("people", Action.FILL),
                            org.assertj.core.groups.Tuple.tuple("users", Action.LEAVE));
            assertThat(plan.mappings().get(1).left())
                    .containsExactly(
                            "table \"public\".\"users\" stays as it is and is not kept up any more; to remove it,"
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
                    .containsExactly(
                            "table \"public\".\"users\" stays as it is and is not kept up any more; to remove it,"
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
            String problem = "table people is there and has rows that Tideline did not bring, which the mapping's would"
                    + " replace. Empty, rename or drop it, or give the mapping another target";
            assertThat(plannedMapping(scenario).problem()).isEqualTo(problem);
            scenario.install();
            assertThat(sync(scenario).get("main/users")).hasMessage("tenant 1, target main, mapping users: " + problem);
            assertThat(Rows.of(scenario.target(), "SELECT * FROM people").now()).containsExactly("7|x");
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
                            org.assertj.core.groups.Tuple.tuple("main", null),
                            org.assertj.core.groups.Tuple.tuple(
                                    "second",
                                    "is disabled or not listed any more: it stays as it is. Should it come back, it catches"
                                            + " up, or is compared as a whole if it was away for too long"));
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
    void a_database_disabled_in_the_table_stays_and_goes_on_once_enabled() {
        try (SyncScenario scenario = synced()) {
            scenario.source()
                    .execute("CREATE TABLE external_database (tenant text, name text, url text, enabled boolean);"
                            + " INSERT INTO external_database VALUES ('1', 'main', '"
                            + scenario.target().url() + "', false)");
            scenario.externalTable("external_database");
            assertThat(planned(scenario).problem()).startsWith("is disabled or not listed any more");
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
            assertThat(plan.because()).containsExactly("somebody dropped or changed the table there");
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

    @Test
    void a_view_of_the_owners_that_stands_against_a_change_is_named() {
        try (SyncScenario scenario = synced()) {
            scenario.target().execute("CREATE VIEW names AS SELECT name FROM users");
            scenario.source().execute("ALTER TABLE person ALTER COLUMN name TYPE varchar(40)");
            scenario.install();
            assertThat(sync(scenario).get("main/users"))
                    .hasMessage(
                            "tenant 1, target main, mapping users: table users cannot be brought to the mapping (column"
                                    + " name from character varying(10) to character varying(40)): Postgres says: cannot alter type"
                                    + " of a column used by a view or rule (rule _RETURN on view names depends on column \"name\")."
                                    + " Take what stands against it away there; it is tried again");
            scenario.target().execute("DROP VIEW names");
            assertThat(sync(scenario)).isEmpty();
        }
    }

    @Test
    void a_reader_who_holds_the_table_makes_a_change_wait_for_two_seconds_and_no_longer() throws Exception {
        try (SyncScenario scenario = synced();
                java.sql.Connection reader = scenario.target().connect()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT * FROM users");
            scenario.mappings(mapping("target: users", "SELECT r.id, r.name, r.age FROM person r", ""));
            scenario.install();
            assertThat(sync(scenario).get("main/users"))
                    .hasMessage(
                            "tenant 1, target main, mapping users: table users cannot be brought to the mapping (column"
                                    + " age integer added) while another session holds it locked; waited for 2 s, so as not to hold up"
                                    + " its readers. See pg_locks there for who does. It is tried again");
            reader.rollback();
            assertThat(sync(scenario)).isEmpty();
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada|36", "2|Bob|50");
        }
    }
}
