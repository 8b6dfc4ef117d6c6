package dev.tideline.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever keeps capture from its work, the application's statements go on, and what went by is compared later. */
class CaptureFailureTest {

    private static final String DDL = """
            CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text);
            INSERT INTO thing VALUES (1, 1, 'a'), (1, 2, 'b');
            CREATE TABLE label (id int PRIMARY KEY, text text);
            INSERT INTO label VALUES (1, 'one');
            """;
    private static final String MAPPINGS = """
            mappings:
              things:
                table: thing
                tenant: tenant
                key: id
                target: thing
                select: SELECT r.id, r.v, (SELECT l.text FROM label l WHERE l.id = r.id) AS text FROM thing r
                depends_on: [{ table: label, key: { id: id } }]
            """;
    private static final String ROWS = "SELECT id, v, text FROM thing ORDER BY id";

    static Stream<Arguments> columns() {
        return PostgresFixture.MAJORS.stream()
                .filter(major -> major == 13 || major == PostgresFixture.NEWEST)
                .flatMap(major -> Stream.of(
                        Arguments.of(
                                major, "ALTER TABLE thing RENAME id TO x", "ALTER TABLE thing RENAME x TO id", "x"),
                        Arguments.of(
                                major,
                                "ALTER TABLE thing RENAME tenant TO x",
                                "ALTER TABLE thing RENAME x TO tenant",
                                "id"),
                        Arguments.of(
                                major, "ALTER TABLE label RENAME id TO x", "ALTER TABLE label RENAME x TO id", "id")));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void a_captured_column_that_has_another_name_for_a_while_stops_no_statement_and_loses_nothing(
            int major, String rename, String back, String key) throws SQLException {
        try (SyncScenario scenario = SyncScenario.between(major, PostgresFixture.NEWEST, DDL, MAPPINGS);
                Connection old = scenario.source().connect()) {
            scenario.install();
            SyncRuntime first = scenario.run();
            Rows.of(scenario.target(), ROWS).become("1|a|one", "2|b|NULL");
            write(old, "UPDATE thing SET v = v", "UPDATE label SET text = text");
            first.close();

            // Nobody looks meanwhile: that something went by is known from what capture itself has left.
            scenario.source().execute(rename);
            String label = rename.startsWith("ALTER TABLE label") ? "x" : "id";
            String[] statements = {
                "UPDATE thing SET v = 'c' WHERE " + key + " = 1",
                "INSERT INTO thing VALUES (1, 3, 'd')",
                "DELETE FROM thing WHERE " + key + " = 2",
                "UPDATE label SET " + label + " = 3"
            };
            write(old, statements[0], statements[1]);
            try (Connection fresh = scenario.source().connect()) {
                write(fresh, "SET session_replication_role = replica", statements[2], statements[3]);
            }
            scenario.source().execute(back);
            scenario.run();
            Rows.of(scenario.target(), ROWS).become("1|c|NULL", "3|d|one");
        }
    }

    @Test
    void a_key_that_is_dropped_stops_no_statement_and_says_so() throws SQLException {
        try (SyncScenario scenario = SyncScenario.of(DDL, MAPPINGS);
                Connection old = scenario.source().connect()) {
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), ROWS).become("1|a|one", "2|b|NULL");
            write(old, "UPDATE thing SET v = v", "ALTER TABLE thing DROP id CASCADE");
            write(
                    old,
                    "UPDATE thing SET v = 'c'",
                    "INSERT INTO thing VALUES (1, 'd')",
                    "DELETE FROM thing WHERE v = 'd'");
            Rows.of(scenario.source(), "SELECT trouble FROM tideline.capture_watch WHERE trouble IS NOT NULL")
                    .become("column id of table thing no longer exists. Remove it from the configuration and run"
                            + " \"install\"");
        }
    }

    /** The cast stands for all that a user's own type, cast or output may do. */
    @Test
    void a_cast_of_the_users_that_raises_stops_no_statement() throws SQLException {
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE TABLE thing (tenant int NOT NULL, id int4range PRIMARY KEY, v text)",
                "mappings:\n  things: { table: thing, tenant: tenant, key: id, target: thing }\n")) {
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO thing VALUES (1, '[1,2)', 'a')");
            Rows.of(scenario.target(), "SELECT id, v FROM thing").become("[1,2)|a");
            scenario.source().execute("""
                            CREATE FUNCTION public.raises(int4range) RETURNS text LANGUAGE plpgsql AS
                                $$ BEGIN RAISE 'no text for you'; END $$;
                            CREATE CAST (int4range AS text) WITH FUNCTION public.raises(int4range);
                            """);
            scenario.source().execute("INSERT INTO thing VALUES (1, '[3,4)', 'b'); UPDATE thing SET v = v || '!'");
            Rows.of(scenario.source(), "SELECT compared_because FROM tideline.capture_watch")
                    .become("capture could not read a row: no text for you");
            scenario.source().execute("DROP CAST (int4range AS text)");
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY 1").become("[1,2)|a!", "[3,4)|b!");
        }
    }

    @Test
    void reading_a_row_takes_no_transaction_id_of_its_own() throws SQLException {
        try (SyncScenario scenario = SyncScenario.of(DDL, MAPPINGS)) {
            scenario.install();
            TestDatabase source = scenario.source();
            // Of a server that others use as well, so by the subtransactions that this transaction has.
            try (Connection connection = source.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("INSERT INTO thing SELECT 1, i, 'x' FROM generate_series(10, 100) i");
                assertThat(source.rows("SELECT subxact_count FROM pg_stat_activity a,"
                                + " LATERAL pg_stat_get_backend_subxact((SELECT b FROM pg_stat_get_backend_idset() b"
                                + " WHERE pg_stat_get_backend_pid(b) = a.pid)) WHERE a.datname = current_database()"
                                + " AND a.state = 'idle in transaction'"))
                        .containsExactly(List.of("0"));
                connection.rollback();
            }
        }
    }

    private static void write(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void the_schema_of_ours_that_is_renamed_or_emptied_stops_no_statement_of_the_application() throws SQLException {
        try (SyncScenario scenario = SyncScenario.of(DDL, MAPPINGS);
                Connection application = scenario.source().connect()) {
            scenario.install();
            SyncRuntime first = scenario.run();
            Rows.of(scenario.target(), ROWS).become("1|a|one", "2|b|NULL");
            write(application, "UPDATE thing SET v = v");
            first.close();

            scenario.source().execute("ALTER SCHEMA tideline RENAME TO away");
            write(
                    application,
                    "UPDATE thing SET v = 'c' WHERE id = 1",
                    "INSERT INTO thing VALUES (1, 3, 'd')",
                    "DELETE FROM thing WHERE id = 2");
            scenario.source().execute("ALTER SCHEMA away RENAME TO tideline");
            scenario.run();
            Rows.of(scenario.target(), ROWS).become("1|c|one", "3|d|NULL");

            scenario.source().execute("DROP TABLE tideline.change_0, tideline.change_1, tideline.change_2 CASCADE");
            write(application, "UPDATE thing SET v = 'e'", "TRUNCATE thing", "INSERT INTO thing VALUES (1, 9, 'f')");
        }
    }

    @Test
    void a_change_table_of_ours_that_is_dropped_after_a_turn_stops_no_statement_of_the_application()
            throws SQLException {
        try (SyncScenario scenario = SyncScenario.of(DDL, MAPPINGS);
                Connection application = scenario.source().connect()) {
            scenario.install();
            scenario.source().execute("SELECT tideline.turn_capture(1)");
            scenario.source().execute("DROP TABLE tideline.change_0 CASCADE");
            write(application, "UPDATE thing SET v = 'c'");
            assertThat(scenario.source().value("SELECT count(*) > 0 FROM tideline.change_1"))
                    .isEqualTo("t");
            scenario.source().execute("DROP TABLE tideline.change_1 CASCADE");
            write(application, "UPDATE thing SET v = 'd'", "TRUNCATE thing", "INSERT INTO thing VALUES (1, 9, 'e')");
        }
    }
}
