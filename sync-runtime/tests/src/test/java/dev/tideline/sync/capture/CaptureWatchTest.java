package dev.tideline.sync.capture;

import static dev.tideline.sync.capture.WatchedTables.EPOCHS;
import static dev.tideline.sync.capture.WatchedTables.FIRING;
import static dev.tideline.sync.capture.WatchedTables.RAISED;
import static dev.tideline.sync.capture.WatchedTables.TWO_TABLES_OF_FOUR;
import static dev.tideline.sync.capture.WatchedTables.installed;
import static dev.tideline.sync.capture.WatchedTables.layout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.kill.KillableServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a look finds after each thing that an owner may do to a captured table without a row being written. */
class CaptureWatchTest {

    static Stream<Arguments> whatChangesNoRow() {
        return Stream.of(
                        "VACUUM FULL thing",
                        "CLUSTER thing USING thing_pkey",
                        "TRUNCATE thing",
                        "ANALYZE thing",
                        "REINDEX TABLE thing",
                        "ALTER TYPE mood ADD VALUE 'good' BEFORE 'ok'",
                        "ALTER TABLE thing ALTER v SET STATISTICS 500",
                        "ALTER TABLE thing ALTER v SET DEFAULT 'w'",
                        "ALTER TABLE thing ADD CHECK (id > 0)",
                        "ALTER TABLE thing SET UNLOGGED",
                        "GRANT USAGE ON SCHEMA tideline TO PUBLIC",
                        "ALTER SCHEMA tideline RENAME TO away; ALTER SCHEMA away RENAME TO tideline",
                        "CREATE FUNCTION unread(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                        "CREATE OR REPLACE FUNCTION named(text) RETURNS text LANGUAGE sql COST 5 AS"
                                + " 'SELECT worded($1)'",
                        "CREATE TRIGGER mine BEFORE UPDATE ON thing FOR EACH ROW"
                                + " EXECUTE FUNCTION suppress_redundant_updates_trigger()")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("whatChangesNoRow")
    void nothing_is_compared_after_what_changes_no_row(String sql) throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
            assertThat(watch.look(source)).isFalse();
            scenario.source().execute(sql);
            assertThat(watch.look(source)).isFalse();
            assertThat(scenario.source().value(EPOCHS)).isEqualTo("0 0");
            assertThat(scenario.source().value(FIRING)).isEqualTo(TWO_TABLES_OF_FOUR);
        }
    }

    static Stream<Arguments> whatMakesRowsReadOtherwise() {
        return Stream.of(
                Arguments.of(
                        "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
                        "1 0",
                        "a type in table thing changed: mood 'ok' became mood 'fine'"),
                Arguments.of(
                        "ALTER TABLE thing ALTER v TYPE text USING upper(v)",
                        "1 0",
                        "table thing was rewritten by ALTER TABLE"),
                Arguments.of(
                        "CREATE OR REPLACE FUNCTION named(text) RETURNS text LANGUAGE sql AS 'SELECT upper($1)'",
                        "1 0",
                        "function public.named(text), which a mapping may read, was replaced"),
                Arguments.of(
                        "CREATE OR REPLACE FUNCTION worded(text) RETURNS text LANGUAGE sql AS 'SELECT upper($1)'",
                        "1 0",
                        "function public.worded(text), which a mapping may read, was replaced"),
                Arguments.of(
                        "ALTER FUNCTION named(text) RENAME TO other; CREATE FUNCTION named(text) RETURNS text"
                                + " LANGUAGE sql AS 'SELECT worded($1)'",
                        "1 0",
                        "function public.named(text), which a mapping may read, was replaced"),
                Arguments.of(
                        "CREATE OR REPLACE VIEW words AS SELECT text 'other' AS word",
                        "1 0",
                        "view public.words, which a mapping may read, was replaced"),
                Arguments.of(
                        "ALTER TYPE place ADD ATTRIBUTE z int",
                        "1 0",
                        "a type in table thing changed: place (x integer, y integer) became"
                                + " place (x integer, y integer, z integer)"),
                Arguments.of(
                        "ALTER TABLE thing ADD stamp float DEFAULT random()",
                        "1 0",
                        "table thing was rewritten by ALTER TABLE"),
                Arguments.of(
                        "ALTER TABLE thing DROP v; ALTER TABLE thing ADD v text DEFAULT 'new'",
                        "1 0",
                        "column v of table thing was replaced, or has another type"),
                Arguments.of(
                        "ALTER TABLE thing RENAME v TO w; ALTER TABLE thing ADD v text",
                        "1 0",
                        "column v of table thing was replaced, or has another type"),
                Arguments.of(
                        "ALTER TABLE thing ALTER twice SET EXPRESSION AS (n * 3)",
                        "1 0",
                        "table thing was rewritten by ALTER TABLE"),
                Arguments.of(
                        "ALTER TABLE label ALTER text TYPE text USING upper(text)",
                        "1 1",
                        "table label was rewritten by ALTER TABLE"),
                Arguments.of(
                        "ALTER TABLE label ADD other int",
                        "1 1",
                        "column other of table label is new, and a select may read it"));
    }

    @ParameterizedTest
    @MethodSource("whatMakesRowsReadOtherwise")
    void a_table_whose_rows_read_otherwise_is_compared_once(String sql, String raised, String because)
            throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
            watch.look(source);
            scenario.source().execute(sql);
            assertThat(watch.look(source)).isTrue();
            assertThat(scenario.source().value(RAISED)).isEqualTo(raised);
            String epochs = scenario.source().value(EPOCHS);
            assertThat(scenario.source()
                            .value("SELECT max(compared_because) FROM tideline.capture_watch"
                                    + " WHERE compared_at IS NOT NULL"))
                    .isEqualTo(because);
            assertThat(watch.look(source)).isFalse();
            assertThat(scenario.source().value(EPOCHS)).isEqualTo(epochs);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE child NO INHERIT thing", "DROP TABLE child"})
    void a_child_that_leaves_takes_its_rows_along(String sql) throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            scenario.source().execute("CREATE TABLE child () INHERITS (thing)");
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
            watch.look(source);
            scenario.source().execute(sql);
            assertThat(watch.look(source)).isTrue();
            assertThat(scenario.source()
                            .value("SELECT compared_because FROM tideline.capture_watch WHERE stream_id = 1"))
                    .isEqualTo("table child no longer inherits from table thing, and took its rows along");
            assertThat(watch.look(source)).isFalse();
        }
    }

    @Test
    void a_slow_look_comes_again_within_seconds() {
        assertThat(CaptureWatch.pauseAfter(Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(2));
        assertThat(CaptureWatch.pauseAfter(Duration.ofMillis(20))).isEqualTo(Duration.ofSeconds(4));
        assertThat(CaptureWatch.pauseAfter(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(5));
    }

    static Stream<Arguments> whatCannotBeCaptured() {
        return Stream.of(
                Arguments.of(
                        "ALTER TABLE thing RENAME id TO thing_id",
                        "ALTER TABLE thing RENAME thing_id TO id",
                        "column id of table thing was renamed to thing_id. Use this name in the configuration and run"
                                + " \"install\", or rename it back"),
                Arguments.of(
                        "ALTER TABLE thing RENAME tenant TO owner",
                        "ALTER TABLE thing RENAME owner TO tenant",
                        "column tenant of table thing was renamed to owner. Use this name in the configuration and"
                                + " run \"install\", or rename it back"),
                Arguments.of(
                        "ALTER TABLE thing DROP tenant CASCADE",
                        "ALTER TABLE thing ADD tenant int NOT NULL DEFAULT 1",
                        "column tenant of table thing no longer exists. Remove it from the configuration and run"
                                + " \"install\""),
                Arguments.of(
                        "ALTER TABLE thing RENAME TO things",
                        "ALTER TABLE things RENAME TO thing",
                        "table thing was renamed to things. Use this name in the configuration and run \"install\", or"
                                + " rename it back"),
                Arguments.of(
                        "CREATE SCHEMA other; ALTER TABLE thing SET SCHEMA other",
                        "ALTER TABLE other.thing SET SCHEMA public",
                        "table thing was renamed to other.thing. Use this name in the configuration and run"
                                + " \"install\", or rename it back"),
                Arguments.of(
                        "DROP TABLE thing",
                        "CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY)",
                        "table thing no longer exists. Create it again, or remove it from the configuration and"
                                + " run \"install\""),
                Arguments.of(
                        "SELECT tideline.release('thing'); ALTER TABLE thing ALTER id TYPE bigint",
                        "SELECT tideline.release('thing'); ALTER TABLE thing ALTER id TYPE int",
                        "column id of table thing was of type int4 and is of type int8 now. Run \"install\""));
    }

    @ParameterizedTest
    @MethodSource("whatCannotBeCaptured")
    void what_cannot_be_captured_is_written_down_and_compared_once_it_can_be_again(String sql, String back, String why)
            throws SQLException {
        String trouble = "SELECT trouble FROM tideline.capture_watch WHERE stream_id = 1";
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
            watch.look(source);
            scenario.source().execute(sql);
            assertThat(CaptureWatch.troubles(source, layout(source))).isEqualTo(Map.of(1, why));
            assertThat(watch.look(source)).isFalse();
            assertThat(watch.inTrouble(1)).isTrue();
            assertThat(scenario.source().value(trouble)).isEqualTo(why);
            assertThat(watch.look(source)).isFalse();
            assertThat(new CaptureWatch(layout(source), new OwnObjects()).look(source))
                    .as("what another runtime finds")
                    .isFalse();

            scenario.source().execute(back);
            assertThat(watch.look(source)).isTrue();
            assertThat(watch.inTrouble(1)).isFalse();
            assertThat(scenario.source().value(trouble)).isNull();
            assertThat(scenario.source().value(RAISED)).isEqualTo("1 0");
            assertThat(scenario.source().value(FIRING)).isEqualTo(TWO_TABLES_OF_FOUR);
            assertThat(watch.look(source)).isFalse();
        }
    }

    @Test
    void an_unlogged_table_is_compared_after_a_crash_of_the_source(@TempDir Path folder) throws Exception {
        try (KillableServer server = new KillableServer(folder, Map.of())) {
            SyncScenario scenario = SyncScenario.at(
                    server.create("source"),
                    PostgresFixture.NEWEST,
                    "CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY);"
                            + " CREATE TABLE logged (tenant int NOT NULL, id int PRIMARY KEY)",
                    "mappings:\n  things: { table: thing, tenant: tenant, key: id }\n"
                            + "  logged: { table: logged, tenant: tenant, key: id }\n");
            scenario.install();
            looks(scenario, false);
            scenario.source().execute("ALTER TABLE thing SET UNLOGGED"); // check would have refused it
            looks(scenario, false);
            server.restart();
            looks(scenario, false);
            server.killAndStart();
            looks(scenario, true);
            looks(scenario, false);
            server.killAndStart();
            looks(scenario, true);
            assertThat(scenario.source()
                            .rows("SELECT s.table_name, w.compared_because FROM tideline.stream s"
                                    + " JOIN tideline.capture_watch w USING (stream_id) WHERE epoch > 0"))
                    .containsExactly(List.of("thing", "table thing is unlogged, and a crash of the source emptied it"));
        }
    }

    private static void looks(SyncScenario scenario, boolean compared) throws SQLException {
        try (Connection source = scenario.source().connect()) {
            assertThat(new CaptureWatch(layout(source), new OwnObjects()).look(source))
                    .isEqualTo(compared);
        }
    }

    @Test
    void the_views_keep_nobody_from_dropping_or_changing_a_table() throws SQLException {
        try (SyncScenario scenario = installed()) {
            assertThat(Rows.of(
                                    scenario.source(),
                                    "SELECT \"table\", tenant, key, sequence_id, deleted FROM tideline.row_state")
                            .now())
                    .containsExactly("thing|1|1|0|f");
            scenario.source()
                    .execute("ALTER TABLE thing ALTER v TYPE varchar; ALTER TABLE thing DROP v; DROP TABLE thing");
        }
    }
}
