package dev.tideline.sync.park;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import org.junit.jupiter.api.Test;

class ParkedRowsTest {

    private static final String COUNT = "SELECT count(*) FROM users";
    private static final String PARKED = "SELECT key, tries >= 1, error FROM tideline.parked_row ORDER BY key";
    private static final String REFUSED =
            "ERROR: new row for relation \"users\" violates check constraint \"no_poison\"";

    private static SyncScenario following(int rows) {
        SyncScenario scenario = SyncScenario.users();
        scenario.source()
                .execute("INSERT INTO project_user SELECT 1, i, 'user ' || i, false FROM generate_series(1, " + rows
                        + ") i");
        scenario.install();
        scenario.run();
        Rows.of(scenario.target(), COUNT).become(String.valueOf(rows));
        return scenario;
    }

    private static void refuse(SyncScenario scenario) {
        scenario.target().execute("ALTER TABLE users ADD CONSTRAINT no_poison CHECK (display_name NOT LIKE 'poison%')");
    }

    @Test
    void a_poison_row_is_parked_alone_and_the_rest_of_its_batch_flows() {
        try (SyncScenario scenario = following(1000)) {
            refuse(scenario);
            scenario.source()
                    .execute("UPDATE project_user SET display_name = CASE WHEN id = 617 THEN 'poison' ELSE 'new' END");
            Rows.of(scenario.target(), "SELECT display_name, count(*) FROM users GROUP BY 1 ORDER BY 1")
                    .become("new|999", "user 617|1");
            Rows.of(scenario.source(), PARKED).become("617|t|" + REFUSED);
            assertThat(scenario.source()
                            .value("SELECT tenant || '/' || target || '/' || mapping_name || '/' || sql_state || '/'"
                                    + " || (sequence_id > 0)"
                                    + " FROM tideline.parked_row"))
                    .isEqualTo("1/main/users/23514/true");
        }
    }

    @Test
    void the_cursor_passes_a_parked_row() {
        try (SyncScenario scenario = following(10)) {
            refuse(scenario);
            scenario.source().execute("UPDATE project_user SET display_name = 'poison' WHERE id = 10");
            Rows.of(scenario.source(), PARKED).become("10|t|" + REFUSED);
            Rows.of(
                            scenario.source(),
                            "SELECT last_synced_sequence_id = sequence_id, s.error FROM tideline.target_state s,"
                                    + " tideline.parked_row WHERE s.mapping_name = 'users'")
                    .become("t|NULL");
        }
    }

    @Test
    void several_poison_rows_of_one_batch_are_each_found() {
        try (SyncScenario scenario = following(300)) {
            refuse(scenario);
            scenario.source()
                    .execute("UPDATE project_user SET display_name = CASE WHEN id IN (1, 2, 150, 300) THEN 'poison'"
                            + " ELSE 'new' END");
            Rows.of(scenario.target(), "SELECT display_name, count(*) FROM users GROUP BY 1 ORDER BY 2, 1")
                    .become("user 1|1", "user 150|1", "user 2|1", "user 300|1", "new|296");
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.parked_row")
                    .become("4");
        }
    }

    @Test
    void a_parked_row_that_changes_is_tried_again_by_itself() {
        try (SyncScenario scenario = following(3)) {
            refuse(scenario);
            scenario.source().execute("UPDATE project_user SET display_name = 'poison' WHERE id = 2");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become("2");
            String first = scenario.source().value("SELECT sequence_id FROM tideline.parked_row");
            scenario.source().execute("UPDATE project_user SET display_name = 'poison again' WHERE id = 2");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row WHERE sequence_id > " + first)
                    .become("2");
            scenario.source().execute("UPDATE project_user SET display_name = 'mended' WHERE id = 2");
            Rows.of(scenario.target(), "SELECT display_name FROM users WHERE id = 2")
                    .become("mended");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become();
            Rows.of(scenario.target(), "SELECT parked, refused FROM tideline_sync_metadata")
                    .become("f|0");
        }
    }

    @Test
    void a_parked_row_that_is_deleted_at_the_source_is_forgotten() {
        try (SyncScenario scenario = following(3)) {
            refuse(scenario);
            scenario.source().execute("UPDATE project_user SET display_name = 'poison' WHERE id = 2");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become("2");
            scenario.source().execute("DELETE FROM project_user WHERE id = 2");
            Rows.of(scenario.target(), "SELECT id FROM users ORDER BY 1").become("1", "3");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become();
        }
    }

    @Test
    void a_poison_row_of_a_first_copy_is_parked_and_the_copy_is_whole() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, CASE WHEN i IN (1, 4000, 12000) THEN 'poison' ELSE"
                            + " 'user' END, false FROM generate_series(1, 12000) i");
            scenario.target()
                    .execute("CREATE TABLE users (tenancy_id int, id bigint PRIMARY KEY, display_name text,"
                            + " is_anonymous boolean, CONSTRAINT no_poison CHECK (display_name <> 'poison'))");
            scenario.install();
            scenario.run();
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row ORDER BY key::int")
                    .become("1", "4000", "12000");
            Rows.of(scenario.target(), COUNT).become("11997");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 20000, 'later', false)");
            Rows.of(scenario.target(), "SELECT display_name FROM users WHERE id = 20000")
                    .become("later");
        }
    }

    @Test
    void a_row_that_cannot_be_read_at_the_source_is_parked() {
        try (SyncScenario scenario =
                SyncScenario.of("CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v int)", """
                mappings:
                  things:
                    table: thing
                    tenant: tenant
                    key: [id]
                    target: things
                    select: SELECT r.id, 100 / r.v AS ratio FROM thing r
                """)) {
            scenario.source().execute("INSERT INTO thing SELECT 1, i, i - 7 FROM generate_series(1, 20) i");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT count(*) FROM things").become("19");
            Rows.of(scenario.source(), "SELECT key, error, sql_state FROM tideline.parked_row")
                    .become("7|at the source: ERROR: division by zero|22012");
            scenario.source().execute("UPDATE thing SET v = CASE id WHEN 7 THEN 1 WHEN 9 THEN 0 ELSE 5 END");
            Rows.of(scenario.target(), "SELECT ratio, count(*) FROM things GROUP BY 1 ORDER BY 1")
                    .become("20|18", "50|1", "100|1");
            Rows.of(scenario.source(), "SELECT key, error, sql_state FROM tideline.parked_row")
                    .become("9|at the source: ERROR: division by zero|22012");
        }
    }

    @Test
    void a_row_that_waits_for_another_tables_row_comes_by_itself() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE child (tenant int NOT NULL, id int PRIMARY KEY, parent int);
                CREATE TABLE parent (tenant int NOT NULL, id int PRIMARY KEY);
                """, """
                mappings:
                  children: { table: child, tenant: tenant, key: [id], target: child }
                  parents: { table: parent, tenant: tenant, key: [id], target: parent }
                """)) {
            scenario.source().execute("INSERT INTO parent VALUES (1, 1); INSERT INTO child VALUES (1, 1, 1)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT id FROM child").become("1");
            Rows.of(scenario.target(), "SELECT id FROM parent").become("1");
            scenario.target().execute("ALTER TABLE child ADD FOREIGN KEY (parent) REFERENCES parent");
            scenario.source().execute("INSERT INTO parent VALUES (1, 2); INSERT INTO child VALUES (1, 2, 2)");
            Rows.of(scenario.target(), "SELECT id FROM child ORDER BY 1").become("1", "2");
            scenario.source().execute("BEGIN; DELETE FROM child; DELETE FROM parent; COMMIT");
            Rows.of(scenario.target(), "SELECT id FROM parent").become();
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become();
        }
    }

    @Test
    void a_table_that_refuses_every_row_stops_its_mapping_and_parks_none() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE good (tenant int NOT NULL, id int PRIMARY KEY, v text);
                CREATE TABLE bad (tenant int NOT NULL, id int PRIMARY KEY, v text);
                """, """
                mappings:
                  bads: { table: bad, tenant: tenant, key: [id], target: bad }
                  goods: { table: good, tenant: tenant, key: [id], target: good }
                """)) {
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT count(*) FROM tideline_sync_metadata WHERE definition IS NOT NULL")
                    .become("2");
            scenario.target().execute("ALTER TABLE bad ADD CONSTRAINT none CHECK (false) NOT VALID");
            scenario.source().execute("INSERT INTO bad SELECT 1, i, 'x' FROM generate_series(1, 500) i");
            String error =
                    "tenant 1, target main, mapping bads: 100 rows in a row were refused, the last with \"ERROR: new"
                            + " row for relation \"bad\" violates check constraint \"none\"\". The table seems to be"
                            + " the cause, not the rows, so no more rows are parked. Correct the table or the"
                            + " mapping; Tideline then continues by itself";
            Rows.of(scenario.source(), "SELECT error FROM tideline.target_state WHERE mapping_name = 'bads'")
                    .become(error);
            scenario.source().execute("INSERT INTO good VALUES (1, 1, 'a')");
            Rows.of(scenario.target(), "SELECT id FROM good").become("1");
            assertThat(scenario.source().value("SELECT count(*) FROM tideline.parked_row"))
                    .isEqualTo("0");
            scenario.target().execute("ALTER TABLE bad DROP CONSTRAINT none");
            Rows.of(scenario.target(), "SELECT count(*) FROM bad").become("500");
        }
    }

    @Test
    void a_table_that_refuses_every_row_one_by_one_parks_no_more_than_a_hundred() {
        try (SyncScenario scenario = following(1)) {
            scenario.target().execute("ALTER TABLE users ADD CONSTRAINT none CHECK (false) NOT VALID");
            for (int batch = 1; batch <= 12; batch++) {
                scenario.source()
                        .execute("INSERT INTO project_user SELECT 1, " + 1000 * batch
                                + " + i, 'x', false FROM generate_series(1, 9) i");
                if (batch <= 11) {
                    Rows.of(scenario.source(), "SELECT count(*) FROM tideline.parked_row")
                            .become(String.valueOf(9 * batch));
                }
            }
            Rows.of(
                            scenario.source(),
                            "SELECT error LIKE '%100 rows in a row%' FROM tideline.target_state WHERE error IS NOT NULL")
                    .become("t");
            assertThat(scenario.source().value("SELECT count(*) FROM tideline.parked_row"))
                    .isEqualTo("99");
        }
    }

    @Test
    void on_bad_row_stop_stops_the_mapping_with_the_rows_error() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.settings("sync: { on_bad_row: stop }");
            scenario.source().execute("INSERT INTO project_user SELECT 1, i, 'x', false FROM generate_series(1, 50) i");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), COUNT).become("50");
            refuse(scenario);
            scenario.source()
                    .execute("UPDATE project_user SET display_name = CASE id WHEN 33 THEN 'poison' ELSE 'new' END");
            Rows.of(scenario.source(), "SELECT error FROM tideline.target_state WHERE mapping_name = 'users'")
                    .become("tenant 1, target main, mapping users: the row with key 33 was refused with \"" + REFUSED
                            + "\", and on_bad_row is stop. Correct the row or the table; Tideline then continues by"
                            + " itself");
            assertThat(scenario.source().value("SELECT count(*) FROM tideline.parked_row"))
                    .isEqualTo("0");
            scenario.source().execute("UPDATE project_user SET display_name = 'mended' WHERE id = 33");
            Rows.of(scenario.target(), "SELECT display_name, count(*) FROM users GROUP BY 1 ORDER BY 2")
                    .become("mended|1", "new|49");
        }
    }

    @Test
    void values_that_the_targets_encoding_or_column_cannot_hold_park_their_rows() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.target()
                    .execute("CREATE TABLE users (tenancy_id int, id bigint PRIMARY KEY, display_name"
                            + " text, is_anonymous boolean)");
            scenario.target()
                    .execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF"
                            + " NEW.id = 3 THEN RAISE EXCEPTION 'three' USING ERRCODE = 'ABCDE'; END IF; RETURN NEW; END $$;"
                            + " CREATE TRIGGER refuse BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION refuse();"
                            + " CREATE UNIQUE INDEX ON users (display_name)");
            scenario.source()
                    .execute("INSERT INTO project_user VALUES (1, 1, 'a', false), (1, 2, 'b', false),"
                            + " (1, 3, 'c', false), (1, 4, 'a', false)");
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, 5, string_agg(md5(i::text), ''), false FROM"
                            + " generate_series(1, 1000) i");
            scenario.install();
            scenario.run();
            Rows.of(scenario.source(), "SELECT key, sql_state FROM tideline.parked_row ORDER BY key")
                    .become("3|ABCDE", "4|23505", "5|54000");
            Rows.of(scenario.target(), "SELECT id FROM users ORDER BY 1").become("1", "2");
        }
    }

    @Test
    void a_row_is_parked_before_the_cursor_passes_it() {
        try (SyncScenario scenario = following(10)) {
            refuse(scenario);
            scenario.target()
                    .execute("CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
                            + " 'as if killed' USING ERRCODE = '57P01'; END $$; CREATE TRIGGER cut BEFORE UPDATE ON"
                            + " tideline_sync_metadata FOR EACH ROW WHEN (NEW.parked) EXECUTE FUNCTION cut()");
            scenario.source().execute("UPDATE project_user SET display_name = 'poison' WHERE id = 2");
            Rows.of(
                            scenario.source(),
                            "SELECT error LIKE '%as if killed%' FROM tideline.target_state WHERE error <> ''")
                    .become("t");
            assertThat(scenario.source().value("SELECT key FROM tideline.parked_row"))
                    .isEqualTo("2");
            scenario.target().execute("DROP TRIGGER cut ON tideline_sync_metadata");
            Rows.of(scenario.target(), "SELECT parked FROM tideline_sync_metadata")
                    .become("t");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become("2");
        }
    }

    @Test
    void a_parked_list_that_was_lost_is_found_again_by_a_copy() {
        try (SyncScenario scenario = following(10)) {
            refuse(scenario);
            scenario.source().execute("UPDATE project_user SET display_name = 'poison' WHERE id = 2");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become("2");
            // The run that parked it counts what is parked at its end, too, and takes an empty list then for a
            // discarded row.
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request")
                    .become("0");
            scenario.source().execute("DELETE FROM tideline.parked");
            scenario.source().execute("UPDATE project_user SET display_name = 'x' WHERE id = 3");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become("2");
        }
    }

    /** The table at the target has one of the two already, so that a merge would find nothing wrong with the other. */
    @Test
    void a_select_that_returns_two_rows_for_a_key_in_a_change_parks_it_as_a_copy_does() {
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY);"
                        + " CREATE TABLE label (n int PRIMARY KEY, thing int, text text);"
                        + " INSERT INTO thing VALUES (1, 1), (1, 2); INSERT INTO label VALUES (1, 1, 'a'), (2, 2, 'b')",
                """
                mappings:
                  things:
                    table: thing
                    tenant: tenant
                    key: id
                    target: thing
                    select: SELECT r.id, l.text FROM thing r LEFT JOIN label l ON l.thing = r.id
                    depends_on: [{ table: label, key: { id: thing } }]
                """)) {
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT id, text FROM thing ORDER BY 1").become("1|a", "2|b");
            scenario.source().execute("INSERT INTO label VALUES (3, 1, 'z'); UPDATE label SET text = 'c' WHERE n = 2");
            Rows.of(scenario.source(), "SELECT key, error FROM tideline.parked_row")
                    .become(
                            "1|ERROR: invalid input syntax for type boolean: \"the select returns 2 rows for one key\"");
            Rows.of(scenario.target(), "SELECT id, text FROM thing ORDER BY 1").become("1|a", "2|c");
        }
    }
}
