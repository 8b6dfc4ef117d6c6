package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PipelineTest {

    private static final String USERS = "SELECT id, display_name FROM users ORDER BY id";

    @Test
    void an_insert_an_update_and_a_delete_arrive() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob");
            scenario.source().execute("""
                            INSERT INTO project_user VALUES (1, 3, 'Eve', false);
                            UPDATE project_user SET display_name = 'Ada L.' WHERE id = 1;
                            DELETE FROM project_user WHERE id = 2;
                            """);
            Rows.of(scenario.target(), USERS).become("1|Ada L.", "3|Eve");
        }
    }

    @Test
    void a_source_that_publishes_all_its_tables_is_synced_too() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("CREATE PUBLICATION everything FOR ALL TABLES");
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            Rows.of(scenario.target(), USERS).become("1|Ada");
            scenario.source().execute("UPDATE project_user SET display_name = 'Ada L.'");
            Rows.of(scenario.target(), USERS).become("1|Ada L.");
        }
    }

    @Test
    void every_table_of_ours_has_a_replica_identity() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            assertThat(scenario.source().rows("""
                            SELECT c.relname FROM pg_class c
                             WHERE c.relnamespace = 'tideline'::regnamespace AND c.relkind = 'r'
                               AND c.relname <> 'schema_history' AND c.relreplident <> 'f'
                               AND NOT (c.relreplident = 'd' AND EXISTS (
                                   SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary))
                            """)).isEmpty();
        }
    }

    @Test
    void a_source_that_publishes_all_its_tables_is_followed_into_a_younger_cluster() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.source().execute("CREATE PUBLICATION everything FOR ALL TABLES");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            // What a dump brings: a snapshot and changes whose transactions the new cluster has yet to come to.
            scenario.source().execute("""
                            UPDATE tideline.sequencer SET last_snapshot = '4000000000:4000000000:';
                            UPDATE tideline.change_0 SET xid = '4000000000';
                            """);
            scenario.run();
            Rows.of(scenario.target(), USERS).become("1|Ada");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'Bob', false)");
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob");
        }
    }

    @Test
    void a_row_deleted_and_made_again_before_a_pass_arrives_as_it_is_now() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            Rows.of(scenario.target(), USERS).become("1|Ada");
            scenario.source().execute("""
                            DELETE FROM project_user WHERE id = 1;
                            INSERT INTO project_user VALUES (1, 1, 'Ada again', false);
                            """);
            Rows.of(scenario.target(), USERS).become("1|Ada again");
        }
    }

    @Test
    void a_row_deleted_before_the_first_sync_is_never_exported() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            scenario.source().execute("DELETE FROM project_user WHERE id = 1");
            scenario.run();
            Rows.of(scenario.target(), USERS).become("2|Bob");
        }
    }

    @Test
    void a_changed_key_moves_the_row() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            Rows.of(scenario.target(), USERS).become("1|Ada");
            scenario.source().execute("UPDATE project_user SET id = 9 WHERE id = 1");
            Rows.of(scenario.target(), USERS).become("9|Ada");
        }
    }

    @Test
    void a_changed_tenant_takes_the_row_from_one_database_to_the_other() {
        try (SyncScenario scenario = SyncScenario.users()) {
            TestDatabase other = scenario.addTarget("2", "main");
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (2, 2, 'Bob', false)");
            Rows.of(scenario.target(), USERS).become("1|Ada");
            Rows.of(other, USERS).become("2|Bob");
            scenario.source().execute("UPDATE project_user SET tenancy_id = 2 WHERE id = 1");
            Rows.of(other, USERS).become("1|Ada", "2|Bob");
            Rows.of(scenario.target(), USERS).become();
        }
    }

    @Test
    void a_row_that_leaves_the_filter_is_deleted_and_comes_back() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            Rows.of(scenario.target(), USERS).become("1|Ada");
            scenario.source().execute("UPDATE project_user SET is_anonymous = true WHERE id = 1");
            Rows.of(scenario.target(), USERS).become();
            scenario.source().execute("UPDATE project_user SET is_anonymous = false WHERE id = 1");
            Rows.of(scenario.target(), USERS).become("1|Ada");
        }
    }

    @Test
    void a_truncated_table_empties_the_target() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            scenario.source()
                    .execute(
                            "INSERT INTO project_user SELECT 1, i, 'user ' || i, false FROM generate_series(1, 500) i");
            Rows.of(scenario.target(), "SELECT count(*) FROM users").become("500");
            scenario.source()
                    .execute(
                            "BEGIN; TRUNCATE project_user; INSERT INTO project_user VALUES (1, 7, 'Ada', false); COMMIT");
            Rows.of(scenario.target(), USERS).become("7|Ada");
        }
    }

    @Test
    void repeated_syncs_leave_rows_alone() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob");
            String before = scenario.target().value("SELECT xmin FROM users WHERE id = 1");
            scenario.source()
                    .execute("UPDATE project_user SET display_name = display_name; UPDATE project_user SET"
                            + " display_name = 'Bobby' WHERE id = 2");
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bobby");
            assertThat(scenario.target().value("SELECT xmin FROM users WHERE id = 1"))
                    .isEqualTo(before);
        }
    }

    @Test
    void the_primary_email_of_another_table_follows_its_changes() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE project_user (tenancy_id int NOT NULL, id int NOT NULL, display_name text,
                    PRIMARY KEY (tenancy_id, id));
                CREATE TABLE contact_channel (id int PRIMARY KEY, tenancy_id int, user_id int, value text,
                    is_primary boolean);
                """, """
                mappings:
                  users:
                    table: project_user
                    tenant: tenancy_id
                    key: [tenancy_id, id]
                    target: users
                    select: |
                      SELECT r.tenancy_id, r.id, r.display_name,
                             (SELECT c.value FROM contact_channel c
                               WHERE c.tenancy_id = r.tenancy_id AND c.user_id = r.id AND c.is_primary) AS primary_email
                      FROM project_user r -- the root
                    depends_on:
                      - table: contact_channel
                        key: { tenancy_id: tenancy_id, id: user_id }
                """)) {
            scenario.install();
            scenario.run();
            String emails = "SELECT id, primary_email FROM users ORDER BY id";
            scenario.source().execute("""
                            INSERT INTO project_user VALUES (1, 1, 'Ada'), (1, 2, 'Bob');
                            INSERT INTO contact_channel VALUES (10, 1, 1, 'ada@example.org', true),
                                (11, 1, 1, 'ada2@example.org', false);
                            """);
            Rows.of(scenario.target(), emails).become("1|ada@example.org", "2|NULL");
            scenario.source().execute("UPDATE contact_channel SET is_primary = NOT is_primary WHERE user_id = 1");
            Rows.of(scenario.target(), emails).become("1|ada2@example.org", "2|NULL");
            scenario.source().execute("UPDATE contact_channel SET user_id = 2 WHERE id = 11");
            Rows.of(scenario.target(), emails).become("1|NULL", "2|ada2@example.org");
            scenario.source().execute("TRUNCATE contact_channel");
            Rows.of(scenario.target(), emails).become("1|NULL", "2|NULL");
        }
    }

    @Test
    void a_change_with_many_dependants_reaches_all_of_them() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE team (id int PRIMARY KEY, name text);
                CREATE TABLE member (tenancy_id int NOT NULL, id int PRIMARY KEY, team_id int);
                CREATE INDEX ON member (team_id);
                INSERT INTO team VALUES (1, 'red'), (2, 'blue');
                INSERT INTO member SELECT 1, i, 1 + i % 2 FROM generate_series(1, 1000) i;
                """, """
                mappings:
                  members:
                    table: member
                    tenant: tenancy_id
                    key: [id]
                    target: members
                    select: SELECT r.tenancy_id, r.id, t.name FROM member r JOIN team t ON t.id = r.team_id
                    depends_on:
                      - table: team
                        key: { team_id: id }
                """)) {
            scenario.settings("sequencer: { batch_size: 7 }\nsync: { batch_size: 50 }");
            scenario.install();
            scenario.run();
            String names = "SELECT name, count(*) FROM members GROUP BY 1 ORDER BY 1";
            Rows.of(scenario.target(), names).become("blue|500", "red|500");
            scenario.source().execute("UPDATE team SET name = 'green' WHERE id = 1");
            Rows.of(scenario.target(), names).become("blue|500", "green|500");
            scenario.source().execute("DELETE FROM team WHERE id = 2");
            Rows.of(scenario.target(), names).become("green|500");
        }
    }

    @Test
    void a_new_external_database_gets_everything_and_then_follows() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            scenario.install();
            SyncRuntime first = scenario.run();
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob");
            first.close();
            TestDatabase second = scenario.addTarget("1", "second");
            scenario.source().execute("UPDATE project_user SET display_name = 'Bobby' WHERE id = 2");
            scenario.run();
            Rows.of(second, USERS).become("1|Ada", "2|Bobby");
            scenario.source().execute("DELETE FROM project_user WHERE id = 1");
            Rows.of(second, USERS).become("2|Bobby");
            Rows.of(scenario.target(), USERS).become("2|Bobby");
        }
    }

    @Test
    void removing_and_installing_again_loses_nothing() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            scenario.install();
            scenario.run().close();
            scenario.uninstall();
            scenario.source().execute("DELETE FROM project_user WHERE id = 1");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("2|Bob");
            scenario.source().execute("UPDATE project_user SET display_name = 'Bobby'");
            Rows.of(scenario.target(), USERS).become("2|Bobby");
        }
    }

    @Test
    void a_key_whose_type_changed_is_installed_again_and_continues() {
        try (SyncScenario scenario =
                SyncScenario.of("CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text)", """
                mappings:
                  things: { table: thing, tenant: tenant, key: [id], target: thing }
                """)) {
            scenario.install();
            SyncRuntime before = scenario.run();
            scenario.source().execute("INSERT INTO thing VALUES (1, 1, 'a')");
            Rows.of(scenario.target(), "SELECT id, v FROM thing").become("1|a");
            before.close();
            // Postgres lets no type be changed that a trigger's condition compares, and says which trigger.
            scenario.uninstall();
            scenario.source().execute("ALTER TABLE thing ALTER COLUMN id TYPE text");
            scenario.target().execute("DROP TABLE thing");
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO thing VALUES (1, 'two', 'b')");
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id").become("1|a", "two|b");
        }
    }

    @Test
    void a_target_continues_by_itself_once_what_stopped_it_is_gone() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.target().execute("CREATE DOMAIN users AS int"); // no table of this name can be made
            scenario.install();
            scenario.run();
            Rows.of(
                            scenario.source(),
                            "SELECT failures > 1, error LIKE '%already exists%' FROM tideline.target_state"
                                    + " WHERE error IS NOT NULL")
                    .become("t|t");
            scenario.target().execute("DROP DOMAIN users");
            Rows.of(scenario.target(), USERS).become("1|Ada");
        }
    }
}
