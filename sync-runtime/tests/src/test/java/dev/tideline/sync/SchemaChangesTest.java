package dev.tideline.sync;

import org.junit.jupiter.api.Test;

/** What changes in the shape of either side while a runtime is at work. */
class SchemaChangesTest {

    private static final String USERS = "SELECT id, display_name FROM users ORDER BY id";
    private static final String ERRORS =
            "SELECT count(*) > 0 FROM tideline.target_state WHERE target = '%s' AND error IS NOT NULL";

    @Test
    void what_a_user_adds_to_a_target_table_stays_and_does_no_harm() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob");
            scenario.target().execute("""
                            ALTER TABLE users ADD COLUMN remark text DEFAULT 'mine', ADD CHECK (id > 0);
                            CREATE INDEX ON users (display_name);
                            CREATE TABLE badge (user_id bigint REFERENCES users (id) ON DELETE CASCADE);
                            INSERT INTO badge VALUES (1), (2);
                            """);
            scenario.source().execute("""
                            UPDATE project_user SET display_name = 'Ada L.' WHERE id = 1;
                            DELETE FROM project_user WHERE id = 2;
                            INSERT INTO project_user VALUES (1, 3, 'Eve', false);
                            """);
            Rows.of(scenario.target(), "SELECT id, display_name, remark FROM users ORDER BY id")
                    .become("1|Ada L.|mine", "3|Eve|mine");
            Rows.of(scenario.target(), "SELECT user_id FROM badge").become("1");
        }
    }

    @Test
    void a_column_that_is_added_at_the_source_changes_nothing_until_it_is_installed() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            SyncRuntime before = scenario.run();
            scenario.source()
                    .execute("ALTER TABLE project_user ADD COLUMN age int DEFAULT 7;"
                            + " INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            Rows.of(scenario.target(), USERS).become("1|Ada");
            before.close();
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT id, display_name, age FROM users")
                    .become("1|Ada|7");
        }
    }

    @Test
    void a_column_that_is_dropped_at_the_source_stops_its_mapping_alone_until_it_is_back() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("CREATE TABLE team (tenancy_id int NOT NULL, id int PRIMARY KEY, name text)");
            scenario.mappings("""
                    mappings:
                      users: { table: project_user, tenant: tenancy_id, key: [id], target: users }
                      teams: { table: team, tenant: tenancy_id, key: [id], target: teams }
                    """);
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            Rows.of(scenario.target(), USERS).become("1|Ada");
            scenario.source()
                    .execute("ALTER TABLE project_user DROP COLUMN display_name;"
                            + " INSERT INTO project_user VALUES (1, 2); INSERT INTO team VALUES (1, 1, 'red')");
            Rows.of(scenario.target(), "SELECT name FROM teams").become("red");
            Rows.of(scenario.source(), ERRORS.formatted("main")).become("t");
            scenario.source()
                    .execute("ALTER TABLE project_user ADD COLUMN display_name text;"
                            + " UPDATE project_user SET display_name = 'back'");
            Rows.of(scenario.target(), USERS).become("1|back", "2|back");
        }
    }

    @Test
    void a_column_that_is_dropped_at_one_target_comes_back_with_its_values() {
        try (SyncScenario scenario = SyncScenario.users()) {
            TestDatabase other = scenario.addTarget("1", "other");
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            Rows.of(scenario.target(), USERS).become("1|Ada");
            Rows.of(other, USERS).become("1|Ada");
            scenario.target().execute("ALTER TABLE users DROP COLUMN display_name");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'Bob', false)");
            Rows.of(other, USERS).become("1|Ada", "2|Bob");
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob");
            scenario.source().execute("UPDATE project_user SET display_name = display_name || '!'");
            Rows.of(scenario.target(), USERS).become("1|Ada!", "2|Bob!");
        }
    }

    @Test
    void a_text_of_a_hundred_megabytes_arrives_and_is_left_where_it_is() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            scenario.source()
                    .execute("INSERT INTO project_user VALUES (1, 1, repeat('0123456789', 10 * 1024 * 1024), false)");
            String digest = "SELECT id, length(display_name), md5(display_name) FROM %s";
            String[] expected = Rows.of(scenario.source(), digest.formatted("project_user"))
                    .now()
                    .toArray(String[]::new);
            Rows.of(scenario.target(), digest.formatted("users")).become(expected);
            scenario.source().execute("UPDATE project_user SET id = 2");
            expected[0] = expected[0].replaceFirst("1", "2");
            Rows.of(scenario.target(), digest.formatted("users")).become(expected);
        }
    }
}
