package dev.tideline.sync;

import org.junit.jupiter.api.Test;

/** Rows that have to do with each other, in the source or in a target. */
class RelatedRowsTest {

    private static final String MEMBERS = "SELECT id, user_id FROM members ORDER BY id";

    @Test
    void rows_that_a_foreign_key_deletes_or_changes_along_are_followed() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE project_user (tenancy_id int NOT NULL, id int PRIMARY KEY);
                CREATE TABLE member (tenancy_id int NOT NULL, id int PRIMARY KEY,
                    user_id int REFERENCES project_user ON DELETE CASCADE ON UPDATE CASCADE);
                """, """
                mappings:
                  users: { table: project_user, tenant: tenancy_id, key: [id], target: users }
                  members: { table: member, tenant: tenancy_id, key: [id], target: members }
                """)) {
            scenario.install();
            scenario.run();
            scenario.source().execute("""
                            INSERT INTO project_user VALUES (1, 1), (1, 2);
                            INSERT INTO member VALUES (1, 10, 1), (1, 11, 1), (1, 20, 2);
                            """);
            Rows.of(scenario.target(), MEMBERS).become("10|1", "11|1", "20|2");
            scenario.source().execute("UPDATE project_user SET id = 3 WHERE id = 2");
            Rows.of(scenario.target(), MEMBERS).become("10|1", "11|1", "20|3");
            scenario.source().execute("DELETE FROM project_user WHERE id = 1");
            Rows.of(scenario.target(), MEMBERS).become("20|3");
            Rows.of(scenario.target(), "SELECT id FROM users").become("3");
        }
    }

    @Test
    void an_address_that_one_row_gave_up_is_taken_by_another_though_the_target_keeps_addresses_unique() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            String users = "SELECT id, display_name FROM users ORDER BY id";
            scenario.source()
                    .execute("INSERT INTO project_user VALUES (1, 1, 'a@example.org', false), (1, 2, 'b', false)");
            Rows.of(scenario.target(), users).become("1|a@example.org", "2|b");
            scenario.target().execute("CREATE UNIQUE INDEX ON users (display_name)");
            scenario.source()
                    .execute("DELETE FROM project_user WHERE id = 1;"
                            + " INSERT INTO project_user VALUES (1, 3, 'a@example.org', false)");
            Rows.of(scenario.target(), users).become("2|b", "3|a@example.org");
            // The batch has the row that takes it before the one that gives it up.
            scenario.source()
                    .execute("UPDATE project_user SET display_name = 'given up' WHERE id = 3;"
                            + " UPDATE project_user SET display_name = 'a@example.org' WHERE id = 2");
            Rows.of(scenario.target(), users).become("2|a@example.org", "3|given up");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become();
        }
    }

    @Test
    void rows_that_swapped_what_the_target_keeps_unique_are_parked_until_one_of_them_lets_go() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            String users = "SELECT id, display_name FROM users ORDER BY id";
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'a', false), (1, 2, 'b', false)");
            Rows.of(scenario.target(), users).become("1|a", "2|b");
            scenario.target().execute("CREATE UNIQUE INDEX ON users (display_name)");
            scenario.source()
                    .execute("UPDATE project_user SET display_name = CASE id WHEN 1 THEN 'b' ELSE 'a' END;"
                            + " INSERT INTO project_user VALUES (1, 3, 'c', false)");
            String parked = "SELECT key FROM tideline.parked_row ORDER BY 1";
            Rows.of(scenario.source(), parked).become("1", "2");
            Rows.of(scenario.target(), users).become("1|a", "2|b", "3|c");
            scenario.source().execute("UPDATE project_user SET display_name = 'let go' WHERE id = 1");
            Rows.of(scenario.target(), "SELECT display_name FROM users WHERE id = 1")
                    .become("let go");
            // The other waits for its next try, or for any change of its own.
            scenario.source().execute("UPDATE project_user SET display_name = display_name WHERE id = 2");
            Rows.of(scenario.target(), users).become("1|let go", "2|a", "3|c");
            Rows.of(scenario.source(), parked).become();
        }
    }
}
