package dev.tideline.sync.plan;

import static dev.tideline.sync.plan.PersonScenario.USERS;
import static dev.tideline.sync.plan.PersonScenario.carryOut;
import static dev.tideline.sync.plan.PersonScenario.mapping;
import static dev.tideline.sync.plan.PersonScenario.plannedMapping;
import static dev.tideline.sync.plan.PersonScenario.sync;
import static dev.tideline.sync.plan.PersonScenario.synced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.plan.InstallPlan.Action;
import dev.tideline.sync.plan.InstallPlan.MappingInTarget;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** What becomes of a target's table when columns or types change: the plan, and what then really happens. */
class ChangedColumnsTest {

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
                    .containsExactly("column name keeps its values; to remove it, run there: ALTER TABLE"
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
    void a_type_that_has_rows_rewritten_is_changed_at_once_in_a_small_table() {
        try (SyncScenario scenario = synced()) {
            scenario.mappings(mapping("target: users", "SELECT r.id, r.name, r.age FROM person r", ""));
            carryOut(scenario);
            scenario.source().execute("ALTER TABLE person ALTER COLUMN age TYPE bigint");
            MappingInTarget plan = plannedMapping(scenario);
            assertThat(plan.alterations())
                    .containsExactly("column age from integer to bigint, for which Postgres rewrites the table (8 kB)");
            carryOut(scenario);
            scenario.source().execute("UPDATE person SET age = 10000000000 WHERE id = 1");
            assertThat(sync(scenario)).isEmpty();
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada|10000000000", "2|Bob|50");
        }
    }

    @Test
    void a_large_table_is_not_rewritten_without_being_asked_for() {
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
            String problem = "table users does not fit the mapping: column age is integer, and the mapping gives"
                    + " bigint; to change it, Postgres would rewrite " + kilobytes
                    + " kB while readers wait. Run there when"
                    + " that suits: ALTER TABLE \"public\".\"users\" ALTER COLUMN \"age\" TYPE bigint USING"
                    + " \"age\"::bigint; or, without making readers wait: ALTER TABLE \"public\".\"users\" DROP COLUMN"
                    + " \"age\", after which Tideline adds and fills it again";
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
    void a_view_of_the_owners_that_stands_against_a_change_is_named() {
        try (SyncScenario scenario = synced()) {
            scenario.target().execute("CREATE VIEW names AS SELECT name FROM users");
            scenario.source().execute("ALTER TABLE person ALTER COLUMN name TYPE varchar(40)");
            scenario.install();
            assertThat(sync(scenario).get("main/users"))
                    .hasMessage("tenant 1, target main, mapping users: table users was not altered (column"
                            + " name from character varying(10) to character varying(40)): cannot alter type"
                            + " of a column used by a view or rule (rule _RETURN on view names depends on column \"name\")."
                            + " Remove the obstacle there; Tideline tries again");
            scenario.target().execute("DROP VIEW names");
            assertThat(sync(scenario)).isEmpty();
        }
    }

    @Test
    void a_reader_who_holds_the_table_makes_a_change_wait_for_two_seconds_and_no_longer() throws Exception {
        try (SyncScenario scenario = synced();
                Connection reader = scenario.target().connect()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT * FROM users");
            scenario.mappings(mapping("target: users", "SELECT r.id, r.name, r.age FROM person r", ""));
            scenario.install();
            assertThat(sync(scenario).get("main/users"))
                    .hasMessage("tenant 1, target main, mapping users: table users was not altered (column age integer"
                            + " added): another session held a lock on it for 2 s, and waiting longer would block its"
                            + " readers. pg_locks there shows which session. Tideline tries again");
            reader.rollback();
            assertThat(sync(scenario)).isEmpty();
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada|36", "2|Bob|50");
        }
    }
}
