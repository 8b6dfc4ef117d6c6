package dev.tideline.sync.capture;

import static dev.tideline.sync.capture.WatchedTables.FIRING;
import static dev.tideline.sync.capture.WatchedTables.RAISED;
import static dev.tideline.sync.capture.WatchedTables.TWO_TABLES_OF_FOUR;
import static dev.tideline.sync.capture.WatchedTables.installed;
import static dev.tideline.sync.capture.WatchedTables.layout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a watch does about triggers that somebody dropped or switched off. */
class LostTriggersTest {

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
                Arguments.of(again, "table thing was replaced by another table of the same name"),
                Arguments.of(
                        "ALTER TABLE thing RENAME TO old;" + " CREATE TABLE thing (LIKE old INCLUDING ALL)",
                        "table thing was replaced by another table of the same name"),
                Arguments.of(
                        "CREATE TABLE child () INHERITS (thing)",
                        "triggers of table child were dropped or switched off"));
    }

    @ParameterizedTest
    @MethodSource("whatTakesTriggersAway")
    void lost_triggers_are_put_back_and_the_table_is_compared_once(String sql, String because) throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
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

    @Test
    void triggers_that_its_role_may_not_put_back_are_named_with_the_reason() throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
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
                    .isEqualTo("triggers of table thing were dropped or switched off; cannot restore the triggers:"
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
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
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
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
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
}
