package dev.tideline.sync.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.ParkedRetry;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.park.ParkedRow;
import dev.tideline.sync.park.ParkedRowStore;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A target whose owner's triggers, rules or policies change or swallow what is written says so, and catches up without them. */
class KeptRowsTest {

    private static final String USERS = "SELECT id, display_name FROM users ORDER BY id";
    private static final String ERROR =
            "SELECT regexp_replace(error, '^.*?: ', '') FROM tideline.target_state WHERE error IS NOT NULL AND target"
                    + " = 'main'";

    private static final String SWALLOW = function("swallow", "RETURN NULL");
    private static final String CHANGE =
            function("change_it", "NEW.display_name = lower(NEW.display_name); RETURN NEW");

    private static String function(String name, String body) {
        return "CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body + "; END $$;";
    }

    private static SyncScenario running() {
        SyncScenario scenario = SyncScenario.users();
        scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
        scenario.install();
        scenario.run();
        Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob");
        return scenario;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    swallow   | BEFORE INSERT OR UPDATE ON users FOR EACH ROW
                    change_it | BEFORE INSERT OR UPDATE ON users FOR EACH ROW
                    """)
    void triggers_that_swallow_or_change_written_rows_stop_the_mapping(String function, String when) {
        try (SyncScenario scenario = running()) {
            scenario.target()
                    .execute(SWALLOW + CHANGE + "CREATE TRIGGER theirs " + when + " EXECUTE FUNCTION " + function
                            + "()");
            scenario.source()
                    .execute("UPDATE project_user SET display_name = 'Ada L.' WHERE id = 1; INSERT INTO project_user"
                            + " VALUES (1, 3, 'Eve', false); DELETE FROM project_user WHERE id = 2");
            Rows.of(scenario.source(), ERROR)
                    .become("table users does not keep what is written to it: 2 of the rows that were written"
                            + " are missing or differ from the source. It has trigger theirs on users (function "
                            + function
                            + "). Drop or disable what prevents it, or give the mapping another target;"
                            + " Tideline tries again");
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob");
            scenario.target().execute("DROP TRIGGER theirs ON users");
            Rows.of(scenario.target(), USERS).become("1|Ada L.", "3|Eve");
            Rows.of(scenario.source(), ERROR).become();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TRIGGER theirs BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION swallow()",
                "CREATE RULE theirs AS ON DELETE TO users DO INSTEAD NOTHING",
                "CREATE CONSTRAINT TRIGGER theirs AFTER DELETE ON users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                        + " EXECUTE FUNCTION put_back()"
            })
    void whatever_keeps_deleted_rows_stops_the_mapping(String obstacle) {
        try (SyncScenario scenario = running()) {
            scenario.target()
                    .execute(SWALLOW + function("put_back", "INSERT INTO users SELECT OLD.*; RETURN NULL") + obstacle);
            scenario.source().execute("DELETE FROM project_user WHERE id = 2");
            Rows.of(
                            scenario.source(),
                            "SELECT error LIKE '%table users does not keep what is written to it: 1 of the rows that"
                                    + " were deleted are still there. It has %theirs on users%' FROM tideline.target_state"
                                    + " WHERE error IS NOT NULL")
                    .become("t");
            scenario.target()
                    .execute(obstacle.contains("RULE") ? "DROP RULE theirs ON users" : "DROP TRIGGER theirs ON users");
            Rows.of(scenario.target(), USERS).become("1|Ada");
        }
    }

    @Test
    void a_trigger_that_leaves_rows_as_they_are_does_no_harm() {
        try (SyncScenario scenario = running()) {
            scenario.target()
                    .execute("ALTER TABLE users ADD seen int DEFAULT 0;"
                            + function("count_it", "NEW.seen = coalesce(NEW.seen, 0) + 1; RETURN NEW")
                            + "CREATE TRIGGER theirs BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE"
                            + " FUNCTION count_it()");
            scenario.source()
                    .execute("UPDATE project_user SET display_name = 'Ada L.' WHERE id = 1; INSERT INTO project_user"
                            + " VALUES (1, 3, 'Eve', false); DELETE FROM project_user WHERE id = 2");
            Rows.of(scenario.target(), "SELECT id, display_name, seen FROM users ORDER BY id")
                    .become("1|Ada L.|1", "3|Eve|1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TRIGGER theirs AFTER INSERT ON users FOR EACH STATEMENT EXECUTE FUNCTION other()",
                "CREATE CONSTRAINT TRIGGER theirs AFTER INSERT ON users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                        + " EXECUTE FUNCTION other()"
            })
    void a_trigger_that_writes_other_rows_stops_the_mapping(String trigger) {
        for (String statement :
                List.of("DELETE FROM users WHERE id = 2", "UPDATE users SET display_name = '' WHERE id = 2")) {
            try (SyncScenario scenario = running()) {
                scenario.target().execute(function("other", statement + "; RETURN NULL") + trigger);
                scenario.source().execute("INSERT INTO project_user VALUES (1, 3, 'Eve', false)");
                Rows.of(scenario.source(), ERROR)
                        .become(
                                "table users does not keep what is written to it: 1 rows of mapped tables were written or"
                                        + " deleted that Tideline did not write. It has trigger theirs on users (function other)."
                                        + " Drop or disable what prevents it, or give the mapping another target; Tideline tries"
                                        + " again");
                scenario.target().execute("DROP TRIGGER theirs ON users");
                Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob", "3|Eve");
            }
        }
    }

    @Test
    void a_first_copy_into_a_table_with_a_trigger_is_held_against_it() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'bob', false)");
            scenario.target()
                    .execute("CREATE TABLE users (tenancy_id int, id bigint PRIMARY KEY, display_name text,"
                            + " is_anonymous boolean);" + CHANGE
                            + "CREATE TRIGGER theirs BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION change_it()");
            scenario.install();
            scenario.run();
            Rows.of(
                            scenario.source(),
                            "SELECT error LIKE '%: 1 of the rows that were written are missing%trigger theirs%'"
                                    + " FROM tideline.target_state WHERE error IS NOT NULL")
                    .become("t");
            scenario.target().execute("ALTER TABLE users DISABLE TRIGGER theirs");
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|bob");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETURN NULL", "NEW.last_synced_sequence_id = OLD.last_synced_sequence_id; RETURN NEW"})
    void a_cursor_that_cannot_be_moved_is_named_and_nobody_else_waits(String body) {
        try (SyncScenario scenario = running()) {
            scenario.target()
                    .execute(function("hold", body)
                            + "CREATE TRIGGER theirs BEFORE UPDATE ON tideline_sync_metadata FOR EACH ROW"
                            + " EXECUTE FUNCTION hold()");
            TestDatabase other = scenario.target();
            scenario.source().execute("UPDATE project_user SET display_name = 'Ada L.' WHERE id = 1");
            Rows.of(scenario.source(), ERROR)
                    .become("the database does not keep what Tideline writes to public.tideline_sync_metadata, which"
                            + " has trigger theirs on tideline_sync_metadata (function hold). Drop what prevents it"
                            + " there; Tideline then tries again");
            Rows.of(scenario.source(), "SELECT failures > 2 FROM tideline.target_state WHERE mapping_name = 'users'")
                    .become("t");
            Rows.of(other, USERS).become("1|Ada", "2|Bob");
            other.execute("DROP TRIGGER theirs ON tideline_sync_metadata");
            Rows.of(other, USERS).become("1|Ada L.", "2|Bob");
        }
    }

    @Test
    void metadata_that_somebody_altered_is_named_and_continues_once_it_is_restored() {
        try (SyncScenario scenario = running()) {
            scenario.target()
                    .execute("ALTER TABLE tideline_sync_metadata DROP COLUMN definition, ALTER copy_rows TYPE int");
            scenario.source().execute("UPDATE project_user SET display_name = 'Ada L.' WHERE id = 1");
            Rows.of(scenario.source(), "SELECT error FROM tideline.target_state WHERE error LIKE '%definition is%'")
                    .become("tenant 1, target main: table public.tideline_sync_metadata is not as Tideline created it:"
                            + " column copy_rows is integer instead of bigint, column definition is missing."
                            + " Restore that; or drop the table and the mapped tables, and they are created and copied"
                            + " again");
            scenario.target()
                    .execute("ALTER TABLE tideline_sync_metadata ADD definition text, ALTER copy_rows TYPE bigint");
            Rows.of(scenario.target(), USERS).become("1|Ada L.", "2|Bob");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ON DELETE CASCADE", "ON UPDATE CASCADE ON DELETE CASCADE"})
    void a_foreign_key_by_which_their_rows_take_ours_along_stops_the_mapping_and_is_followed_by_a_comparison(
            String action) {
        try (SyncScenario scenario = running()) {
            scenario.target()
                    .execute("CREATE TABLE theirs (id bigint PRIMARY KEY); INSERT INTO theirs VALUES (1), (2);"
                            + " ALTER TABLE users ADD CONSTRAINT follows FOREIGN KEY (id) REFERENCES theirs " + action
                            + "; DELETE FROM theirs WHERE id = 2");
            scenario.source().execute("UPDATE project_user SET display_name = 'Ada L.' WHERE id = 1");
            Rows.of(scenario.source(), ERROR)
                    .become("table users does not fit the mapping: it has foreign key follows to theirs (" + action
                            + "), through which rows would be deleted or changed without Tideline's noticing. Drop it"
                            + " there, or make it NO ACTION; then the table is compared with the source");
            scenario.target().execute("ALTER TABLE users DROP CONSTRAINT follows");
            Rows.of(scenario.target(), USERS).become("1|Ada L.", "2|Bob");
            Rows.of(scenario.source(), ERROR).become();
        }
    }

    @Test
    void foreign_keys_between_mapped_tables_may_cascade_as_they_do_at_the_source() throws SQLException {
        String tables = "CREATE TABLE team (tenant int, id int PRIMARY KEY);"
                + "CREATE TABLE member (tenant int, id int PRIMARY KEY, team int REFERENCES team ON DELETE CASCADE);";
        try (SyncScenario scenario = SyncScenario.of(
                tables + "INSERT INTO team VALUES (1, 1), (1, 2); INSERT INTO member VALUES (1, 1, 1), (1, 2, 2);",
                "mappings:\n  a_team: { table: team, tenant: tenant, key: id, target: team }\n"
                        + "  member: { table: member, tenant: tenant, key: id }\n")) {
            scenario.target().execute(tables);
            scenario.install();
            SyncRuntime runtime = scenario.run();
            Rows members = Rows.of(scenario.target(), "SELECT id, team FROM member ORDER BY 1");
            members.become("1|1", "2|2");
            scenario.source().execute("DELETE FROM team WHERE id = 1; UPDATE member SET id = 5");
            members.become("5|2");
            Rows.of(scenario.source(), ERROR).become();

            scenario.target().execute("ALTER TABLE member ADD CONSTRAINT small CHECK (id < 7)");
            scenario.source().execute("INSERT INTO member VALUES (1, 8, 2)");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become("8");
            runtime.close();
            scenario.target().execute("ALTER TABLE member DROP CONSTRAINT small");
            try (SourceDatabase source = scenario.openSource()) {
                List<ParkedRow> parked =
                        new ParkedRowStore(source).list(new ParkedRowStore.Filter(null, null, "member"));
                assertThat(ParkedRetry.run(scenario.config(), parked).failures())
                        .isEmpty();
            }
            members.become("5|2", "8|2");
        }
    }

    @Test
    void a_foreign_key_that_cascades_from_a_mapping_with_a_filter_stops_the_mapping() {
        String tables = "CREATE TABLE team (tenant int, id int PRIMARY KEY, active bool);"
                + "CREATE TABLE member (tenant int, id int PRIMARY KEY, team int REFERENCES team ON DELETE CASCADE);";
        try (SyncScenario scenario = SyncScenario.of(
                tables + "INSERT INTO team VALUES (1, 1, true); INSERT INTO member VALUES (1, 1, 1);",
                "mappings:\n  a_team: { table: team, tenant: tenant, key: id, target: team, where: r.active }\n"
                        + "  member: { table: member, tenant: tenant, key: id }\n")) {
            scenario.target().execute(tables);
            scenario.install();
            scenario.run();
            Rows.of(
                            scenario.source(),
                            "SELECT error LIKE '%has foreign key member_team_fkey to team (ON DELETE CASCADE)%'"
                                    + " FROM tideline.target_state WHERE error IS NOT NULL")
                    .become("t");
            scenario.target().execute("ALTER TABLE member DROP CONSTRAINT member_team_fkey");
            Rows members = Rows.of(scenario.target(), "SELECT id, team FROM member ORDER BY 1");
            members.become("1|1");
            scenario.source().execute("UPDATE team SET active = false");
            Rows.of(scenario.target(), "SELECT count(*) FROM team").become("0");
            members.become("1|1");
        }
    }

    @Test
    void a_view_in_the_place_of_the_table_is_named() {
        try (SyncScenario scenario = running()) {
            scenario.target().execute("ALTER TABLE users RENAME TO kept; CREATE VIEW users AS SELECT * FROM kept");
            scenario.source().execute("UPDATE project_user SET display_name = 'Ada L.' WHERE id = 1");
            Rows.of(scenario.source(), ERROR)
                    .become("users is a view there, not a table. Rename or drop it, or give the mapping another"
                            + " target");
            scenario.target().execute("DROP VIEW users; ALTER TABLE kept RENAME TO users");
            Rows.of(scenario.target(), USERS).become("1|Ada L.", "2|Bob");
        }
    }
}
