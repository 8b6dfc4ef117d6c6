package dev.tideline.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.kill.KillableServer;
import dev.tideline.sync.layout.InstalledLayout;
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

    private static final String DDL = """
            CREATE TYPE mood AS ENUM ('ok', 'bad');
            CREATE TYPE place AS (x int, y int);
            CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text DEFAULT 'v', m mood, p place,
                n int DEFAULT 1, twice int GENERATED ALWAYS AS (n * 2) STORED);
            CREATE INDEX thing_tenant ON thing (tenant);
            INSERT INTO thing VALUES (1, 1, 'a', 'ok', (1, 2));
            CREATE TABLE label (id int PRIMARY KEY, text text);
            """;
    private static final String MAPPINGS = """
            mappings:
              things: { table: thing, tenant: tenant, key: id, target: thing }
              labelled:
                table: thing
                tenant: tenant
                key: id
                target: labelled
                select: SELECT r.id, l.text FROM thing r LEFT JOIN label l ON l.id = r.id
                depends_on: [{ table: label, key: { id: id } }]
            """;
    private static final String RAISED =
            "SELECT string_agg(CASE WHEN epoch > 0 THEN '1' ELSE '0' END, ' ' ORDER BY stream_id) FROM tideline.stream";
    private static final String EPOCHS = "SELECT string_agg(epoch::text, ' ' ORDER BY stream_id) FROM tideline.stream";
    private static final String FIRING = "SELECT count(*) FROM pg_trigger t JOIN tideline.stream s ON"
            + " t.tgrelid = to_regclass(s.table_name) AND starts_with(t.tgname, 'tideline_' || s.stream_id || '_')"
            + " WHERE t.tgenabled = 'A'";
    private static final String TWO_TABLES_OF_FOUR = "8";

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
                        "CREATE TRIGGER mine BEFORE UPDATE ON thing FOR EACH ROW"
                                + " EXECUTE FUNCTION suppress_redundant_updates_trigger()")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("whatChangesNoRow")
    void nothing_is_compared_after_what_changes_no_row(String sql) throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source));
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
                        "of a type that table thing has columns of, mood 'ok' became mood 'fine'"),
                Arguments.of(
                        "ALTER TABLE thing ALTER v TYPE text USING upper(v)",
                        "1 0",
                        "table thing was rewritten by ALTER TABLE"),
                Arguments.of(
                        "ALTER TYPE place ADD ATTRIBUTE z int",
                        "1 0",
                        "of a type that table thing has columns of, place (x integer, y integer) became"
                                + " place (x integer, y integer, z integer)"),
                Arguments.of(
                        "ALTER TABLE thing ADD stamp float DEFAULT random()",
                        "1 0",
                        "table thing was rewritten by ALTER TABLE"),
                Arguments.of(
                        "ALTER TABLE thing DROP v; ALTER TABLE thing ADD v text DEFAULT 'new'",
                        "1 0",
                        "column v of table thing is another one, or of another type"),
                Arguments.of(
                        "ALTER TABLE thing RENAME v TO w; ALTER TABLE thing ADD v text",
                        "1 0",
                        "column v of table thing is another one, or of another type"),
                Arguments.of(
                        "ALTER TABLE thing ALTER twice SET EXPRESSION AS (n * 3)",
                        "1 0",
                        "table thing was rewritten by ALTER TABLE"),
                Arguments.of(
                        "ALTER TABLE label ALTER text TYPE text USING upper(text)",
                        "1 1",
                        "table label was rewritten by ALTER TABLE"),
                Arguments.of(
                        "ALTER SCHEMA tideline RENAME TO away; ALTER SCHEMA away RENAME TO tideline",
                        "1 1",
                        "schema tideline had another name for a while, or its owner or rights changed"),
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
            CaptureWatch watch = new CaptureWatch(layout(source));
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

    static Stream<Arguments> whatTakesTriggersAway() {
        String again = "DROP TABLE thing; CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text)";
        return Stream.of(
                Arguments.of(
                        "DROP TRIGGER tideline_1_update ON thing",
                        "triggers of table thing were dropped or switched off"),
                Arguments.of(
                        "ALTER TABLE thing DISABLE TRIGGER ALL",
                        "triggers of table thing were dropped or switched off"),
                Arguments.of(
                        "ALTER TABLE thing DISABLE TRIGGER ALL; ALTER TABLE thing ENABLE TRIGGER ALL",
                        "triggers of table thing were dropped or switched off"),
                Arguments.of(
                        "ALTER TABLE thing DISABLE TRIGGER tideline_1_insert;"
                                + " ALTER TABLE thing ENABLE ALWAYS TRIGGER tideline_1_insert",
                        "triggers of table thing were dropped or switched off"),
                Arguments.of(
                        "DROP FUNCTION tideline.tideline_1_new CASCADE",
                        "triggers of table thing were dropped or switched off"),
                Arguments.of(
                        "SELECT tideline.release('thing')", "triggers of table thing were dropped or switched off"),
                Arguments.of(again, "table thing was replaced by another one of that name"),
                Arguments.of(
                        "ALTER TABLE thing RENAME TO old;" + " CREATE TABLE thing (LIKE old INCLUDING ALL)",
                        "table thing was replaced by another one of that name"),
                Arguments.of(
                        "CREATE TABLE child () INHERITS (thing)",
                        "triggers of table child were dropped or switched off"));
    }

    @ParameterizedTest
    @MethodSource("whatTakesTriggersAway")
    void lost_triggers_are_put_back_and_the_table_is_compared_once(String sql, String because) throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source));
            watch.look(source);
            scenario.source().execute(sql);
            assertThat(watch.look(source)).isTrue();
            assertThat(scenario.source().value(RAISED)).isEqualTo("1 0");
            assertThat(scenario.source()
                            .value("SELECT compared_because FROM tideline.capture_watch"
                                    + " WHERE compared_at IS NOT NULL"))
                    .isEqualTo(because);
            assertThat(scenario.source().value(FIRING)).isEqualTo(TWO_TABLES_OF_FOUR);
            assertThat(scenario.source().value("SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass('old')"))
                    .isEqualTo("0");
            scenario.source().execute("INSERT INTO thing (tenant, id) VALUES (1, 7)");
            assertThat(scenario.source().value("SELECT string_agg(c2, ' ') FROM tideline.change_0"))
                    .isEqualTo("7");
            assertThat(watch.look(source)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE child NO INHERIT thing", "DROP TABLE child"})
    void a_child_that_leaves_takes_its_rows_along(String sql) throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            scenario.source().execute("CREATE TABLE child () INHERITS (thing)");
            CaptureWatch watch = new CaptureWatch(layout(source));
            watch.look(source);
            scenario.source().execute(sql);
            assertThat(watch.look(source)).isTrue();
            assertThat(scenario.source()
                            .value("SELECT compared_because FROM tideline.capture_watch WHERE stream_id = 1"))
                    .isEqualTo("table child does not inherit from table thing any more, and took its rows along");
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
                        "column id of table thing was renamed to thing_id. Name it so in the configuration and run"
                                + " \"install\", or give it back its name"),
                Arguments.of(
                        "ALTER TABLE thing RENAME tenant TO owner",
                        "ALTER TABLE thing RENAME owner TO tenant",
                        "column tenant of table thing was renamed to owner. Name it so in the configuration and run"
                                + " \"install\", or give it back its name"),
                Arguments.of(
                        "ALTER TABLE thing DROP tenant CASCADE",
                        "ALTER TABLE thing ADD tenant int NOT NULL DEFAULT 1",
                        "column tenant of table thing does not exist any more. Take it out of the configuration and run"
                                + " \"install\""),
                Arguments.of(
                        "ALTER TABLE thing RENAME TO things",
                        "ALTER TABLE things RENAME TO thing",
                        "table thing is called things now. Name it so in the configuration and run \"install\", or give"
                                + " it back its name"),
                Arguments.of(
                        "CREATE SCHEMA other; ALTER TABLE thing SET SCHEMA other",
                        "ALTER TABLE other.thing SET SCHEMA public",
                        "table thing is called other.thing now. Name it so in the configuration and run \"install\", or"
                                + " give it back its name"),
                Arguments.of(
                        "DROP TABLE thing",
                        "CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY)",
                        "table thing does not exist any more. Make it again, or take it out of the configuration and"
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
            CaptureWatch watch = new CaptureWatch(layout(source));
            watch.look(source);
            scenario.source().execute(sql);
            assertThat(CaptureWatch.troubles(source, layout(source))).isEqualTo(Map.of(1, why));
            assertThat(watch.look(source)).isFalse();
            assertThat(watch.inTrouble(1)).isTrue();
            assertThat(scenario.source().value(trouble)).isEqualTo(why);
            assertThat(watch.look(source)).isFalse();
            assertThat(new CaptureWatch(layout(source)).look(source))
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
    void triggers_that_its_role_may_not_put_back_are_named_with_the_reason() throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source));
            scenario.source()
                    .execute("CREATE ROLE w_%1$s; GRANT ALL ON ALL TABLES IN SCHEMA tideline TO w_%1$s;"
                                    .formatted(scenario.source().name())
                            + " GRANT ALL ON SCHEMA tideline TO w_%1$s"
                                    .formatted(scenario.source().name()));
            watch.look(source);
            scenario.source().execute("DROP TRIGGER tideline_1_update ON thing");
            try (var statement = source.createStatement()) {
                statement.execute("SET ROLE w_" + scenario.source().name());
                assertThat(watch.look(source)).isFalse();
                statement.execute("RESET ROLE");
            }
            assertThat(scenario.source().value("SELECT trouble FROM tideline.capture_watch WHERE stream_id = 1"))
                    .isEqualTo("triggers of table thing were dropped or switched off; cannot put the triggers back:"
                            + " ERROR: must be owner of function tideline_1_new");
            scenario.install();
            assertThat(scenario.source().value("SELECT trouble FROM tideline.capture_watch WHERE stream_id = 1"))
                    .isNull();
            assertThat(scenario.source().value(FIRING)).isEqualTo(TWO_TABLES_OF_FOUR);
            scenario.source()
                    .execute("DROP OWNED BY w_%1$s; DROP ROLE w_%1$s"
                            .formatted(scenario.source().name()));
        }
    }

    @Test
    void triggers_of_a_table_that_stays_locked_are_put_back_when_it_is_free() throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect();
                Connection writer = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source));
            watch.look(source);
            scenario.source().execute("DROP TRIGGER tideline_1_update ON thing");
            writer.setAutoCommit(false);
            writer.createStatement().execute("INSERT INTO thing (tenant, id) VALUES (1, 2)");
            assertThat(watch.look(source)).isFalse();
            assertThat(watch.inTrouble(1)).isTrue();
            writer.commit();
            assertThat(watch.look(source) || watch.look(source)).isTrue();
            assertThat(scenario.source().value(FIRING)).isEqualTo(TWO_TABLES_OF_FOUR);
        }
    }

    @Test
    void triggers_of_partitions_that_were_switched_off_are_put_back() throws SQLException {
        try (SyncScenario scenario =
                        SyncScenario.of("""
                        CREATE TABLE event (tenant int NOT NULL, id int PRIMARY KEY) PARTITION BY RANGE (id);
                        CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM (0) TO (10);
                        CREATE TABLE event_2 PARTITION OF event FOR VALUES FROM (10) TO (20);
                        """, "mappings: { events: { table: event, tenant: tenant, key: id } }\n");
                Connection source = scenario.source().connect()) {
            scenario.install();
            CaptureWatch watch = new CaptureWatch(layout(source));
            PartitionUpkeep partitions = new PartitionUpkeep(System::nanoTime);
            watch.look(source);
            scenario.source().execute("ALTER TABLE event_1 DISABLE TRIGGER ALL");
            assertThat(watch.look(source)).isTrue();
            assertThat(partitions.follow(source)).isTrue();
            assertThat(scenario.source()
                            .rows("SELECT tgrelid::regclass::text, count(*) FROM pg_trigger"
                                    + " WHERE tgname LIKE 'tideline%' AND tgenabled = 'A' GROUP BY 1 ORDER BY 1"))
                    .containsExactly(List.of("event", "4"), List.of("event_1", "4"), List.of("event_2", "4"));
            scenario.source().execute("CREATE TABLE event_3 PARTITION OF event FOR VALUES FROM (20) TO (30)");
            partitions.follow(source);
            assertThat(watch.look(source)).isFalse();
            assertThat(partitions.follow(source)).isFalse();
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
            assertThat(new CaptureWatch(layout(source)).look(source)).isEqualTo(compared);
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

    private static SyncScenario installed() {
        SyncScenario scenario = SyncScenario.of(DDL, MAPPINGS);
        scenario.install();
        return scenario;
    }

    private static InstalledLayout layout(Connection source) throws SQLException {
        return InstalledLayout.read(source).orElseThrow();
    }
}
