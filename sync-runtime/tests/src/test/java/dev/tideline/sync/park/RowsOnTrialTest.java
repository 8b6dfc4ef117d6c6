package dev.tideline.sync.park;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Whether a row is at fault shows when it is tried alone and others pass, not by the class of its error. */
class RowsOnTrialTest {

    private static final String PARKED = "SELECT key, sql_state FROM tideline.parked_row ORDER BY key";

    private static SyncScenario regclasses() {
        return SyncScenario.of("CREATE TABLE thing (tenant int, id int PRIMARY KEY, c regclass)", """
                mappings: { thing: { table: thing, tenant: tenant, key: id } }
                """);
    }

    @Test
    void a_value_that_names_what_the_target_lacks_is_set_aside_in_a_first_copy_and_later() {
        try (SyncScenario scenario = regclasses()) {
            scenario.source().execute("INSERT INTO thing VALUES (1, 1, 'tenancy'), (1, 2, 'pg_class')");
            scenario.install();
            scenario.run();
            Rows things = Rows.of(scenario.target(), "SELECT id, c FROM thing ORDER BY 1");
            things.become("2|pg_class");
            Rows.of(scenario.source(), PARKED).become("1|42P01");
            scenario.source().execute("INSERT INTO thing VALUES (1, 3, 'pg_type')");
            things.become("2|pg_class", "3|pg_type");
            scenario.source().execute("INSERT INTO thing VALUES (1, 4, 'tenancy')"); // alone in its batch
            Rows.of(scenario.source(), PARKED).become("1|42P01", "4|42P01");
            scenario.source().execute("UPDATE thing SET c = 'pg_proc' WHERE id = 1");
            things.become("1|pg_proc", "2|pg_class", "3|pg_type");
        }
    }

    @Test
    void triggers_that_raise_what_the_server_itself_would_set_aside_single_rows() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, 'fine', false FROM generate_series(1, 50) i");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT count(*) FROM users").become("50");
            scenario.target()
                    .execute(
                            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                    + " IF NEW.display_name ~ '^[0-9A-Z]{5}$' THEN"
                                    + " RAISE EXCEPTION 'no' USING ERRCODE = NEW.display_name; END IF; RETURN NEW; END $$;"
                                    + " CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION refuse()");
            scenario.source()
                    .execute("UPDATE project_user SET display_name ="
                            + " CASE id WHEN 7 THEN '42501' WHEN 8 THEN '0A000' WHEN 9 THEN '3F000' WHEN 10 THEN '55000'"
                            + " WHEN 11 THEN 'XX000' WHEN 12 THEN '54000' WHEN 13 THEN '53100' WHEN 14 THEN '40001'"
                            + " WHEN 15 THEN '57014' WHEN 16 THEN '25006' WHEN 17 THEN '08006' ELSE 'new' END");
            Rows.of(scenario.target(), "SELECT display_name, count(*) FROM users GROUP BY 1 ORDER BY 1")
                    .become("fine|11", "new|39");
            Rows.of(scenario.source(), PARKED)
                    .become(
                            "10|55000",
                            "11|XX000",
                            "12|54000",
                            "13|53100",
                            "14|40001",
                            "15|57014",
                            "16|25006",
                            "17|08006",
                            "7|42501",
                            "8|0A000",
                            "9|3F000");
        }
    }

    @Test
    void what_a_select_raises_as_if_the_source_were_away_concerns_its_row_or_its_mapping_alone() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE thing (tenant int, id int PRIMARY KEY, v text);
                CREATE TABLE good (tenant int, id int PRIMARY KEY);
                CREATE FUNCTION remote(v text) RETURNS text LANGUAGE plpgsql STABLE AS $$
                  BEGIN IF v ~ '^[0-9A-Z]{5}$' THEN RAISE 'no answer' USING ERRCODE = v; END IF; RETURN v; END $$;
                """, """
                mappings:
                  things: { table: thing, tenant: tenant, key: id, select: "SELECT r.id, remote(r.v) AS v FROM thing r" }
                  goods: { table: good, tenant: tenant, key: id }
                """)) {
            scenario.source().execute("INSERT INTO thing VALUES (1, 1, 'one'), (1, 2, '08001'), (1, 3, '57P03')");
            scenario.install();
            scenario.run();
            Rows things = Rows.of(scenario.target(), "SELECT id, v FROM things ORDER BY 1");
            things.become("1|one");
            Rows.of(scenario.source(), PARKED).become("2|08001", "3|57P03");
            scenario.source()
                    .execute("UPDATE thing SET v = '53300'", "INSERT INTO good VALUES (1, 1)"); // now none can be read
            Rows.of(scenario.target(), "SELECT id FROM goods").become("1");
            Rows.of(scenario.source(), "SELECT error FROM tideline.target_state WHERE mapping_name = 'things'")
                    .become("tenant 1, target main, mapping things: at the source: ERROR: no answer");
        }
    }

    @Test
    void what_every_row_fails_with_parks_none() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, 'user', false FROM generate_series(1, 300) i");
            String writer = "writer_" + scenario.target().name();
            scenario.target()
                    .execute(
                            "CREATE ROLE " + writer + " LOGIN PASSWORD 'w'", "GRANT ALL ON SCHEMA public TO " + writer);
            try {
                scenario.moveTargets("1", "main", scenario.target().url(writer, "w"));
                scenario.install();
                scenario.run();
                Rows.of(scenario.target(), "SELECT count(*) FROM users").become("300");
                scenario.target().execute("ALTER TABLE users OWNER TO postgres");
                scenario.source().execute("UPDATE project_user SET display_name = 'one' WHERE id = 1");
                Rows failing = Rows.of(
                        scenario.source(),
                        "SELECT error LIKE '%permission denied for table users%'"
                                + " FROM tideline.target_state WHERE mapping_name = 'users' AND failures > 1");
                failing.become("t");
                scenario.source().execute("UPDATE project_user SET display_name = 'all'");
                failing.become("t");
                assertThat(Rows.of(scenario.source(), PARKED).now()).isEmpty();
                scenario.target().execute("ALTER TABLE users OWNER TO " + writer);
                Rows.of(scenario.target(), "SELECT display_name, count(*) FROM users GROUP BY 1")
                        .become("all|300");
                assertThat(Rows.of(scenario.source(), PARKED).now()).isEmpty();
            } finally {
                scenario.target().execute("DROP OWNED BY " + writer + "; DROP ROLE " + writer);
            }
        }
    }

    @Test
    void a_row_whose_key_is_as_long_as_an_index_entry_is_set_aside_as_any_other() {
        try (SyncScenario scenario =
                SyncScenario.of("CREATE TABLE thing (tenant text, k text PRIMARY KEY, v int)", """
                mappings: { thing: { table: thing, tenant: tenant, key: k } }
                """)) {
            String tenant = "t".repeat(1000);
            scenario.moveTarget(tenant);
            scenario.source()
                    .execute("INSERT INTO thing SELECT '" + tenant + "', string_agg(md5(i::text), ''), 1"
                            + " FROM generate_series(1, 80) i");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT length(k), v FROM thing").become("2560|1");
            scenario.target().execute("ALTER TABLE thing ADD CHECK (v < 2)");
            scenario.source().execute("UPDATE thing SET v = 2");
            Rows.of(scenario.source(), "SELECT length(key), tries > 0 FROM tideline.parked_row")
                    .become("2560|t");
            scenario.target().execute("ALTER TABLE thing DROP CONSTRAINT thing_v_check");
            scenario.source().execute("UPDATE thing SET v = 3");
            Rows.of(scenario.target(), "SELECT length(k), v FROM thing").become("2560|3");
            Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row").become();
        }
    }

    @Test
    void a_key_that_the_targets_encoding_lacks_is_set_aside_and_the_table_is_compared_all_the_same()
            throws SQLException {
        PostgresServer server = PostgresFixture.server(PostgresFixture.NEWEST);
        try (SyncScenario scenario =
                SyncScenario.of("CREATE TABLE thing (tenant int, k text PRIMARY KEY, v int)", """
                mappings: { thing: { table: thing, tenant: tenant, key: k } }
                """)) {
            String latin = scenario.target().name() + "_latin";
            administer(server, "CREATE DATABASE " + latin + " ENCODING LATIN1 LOCALE 'C' TEMPLATE template0");
            try {
                scenario.moveTargets("1", "main", server.url(latin));
                scenario.source().execute("INSERT INTO thing VALUES (1, 'é', 1), (1, '漢', 1), (1, 'z', 1)");
                scenario.install();
                scenario.run();
                String rows = "SELECT k, v FROM thing ORDER BY 1";
                await(server, latin, rows, "z|1", "é|1");
                Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row")
                        .become("漢");
                scenario.source().execute("DELETE FROM thing WHERE k = '漢'", "INSERT INTO thing VALUES (1, '語', 1)");
                Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row")
                        .become("語");
                // Compared as a whole: what the source has no more goes, though one key cannot even be asked for.
                scenario.source()
                        .execute("BEGIN; CREATE TEMPORARY TABLE kept AS SELECT * FROM thing WHERE k <> 'z';"
                                + " TRUNCATE thing; INSERT INTO thing SELECT * FROM kept; COMMIT");
                await(server, latin, rows, "é|1");
                Rows.of(scenario.source(), "SELECT key FROM tideline.parked_row")
                        .become("語");
            } finally {
                administer(server, "DROP DATABASE " + latin + " WITH (FORCE)");
            }
        }
    }

    private static void await(PostgresServer server, String database, String sql, String... rows) {
        Rows.of(TestDatabase.existing(server, database), sql).become(rows);
    }

    private static void administer(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(PostgresServer.DATABASE));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
