package dev.tideline.sync.capture;

import static dev.tideline.sync.capture.WatchedTables.RAISED;
import static dev.tideline.sync.capture.WatchedTables.installed;
import static dev.tideline.sync.capture.WatchedTables.layout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody does to our own tables, sequences and functions, which every statement of the application meets. */
class OwnObjectsTest {

    private static final String WRITE =
            "INSERT INTO thing (tenant, id) VALUES (1, 2); UPDATE thing SET id = 3 WHERE id = 2; DELETE FROM thing WHERE id = 3";
    private static final String COMPARED = "1 1";

    /** Superusers lose no right, so everything of ours is given to a role that can. */
    private record Owner(TestDatabase source) implements AutoCloseable {

        Owner {
            source.execute("CREATE ROLE w_%1$s; ALTER SCHEMA tideline OWNER TO w_%1$s".formatted(source.name()));
            source.execute("""
                    DO $$
                    DECLARE statement text;
                    BEGIN
                        FOR statement IN
                            SELECT format('ALTER TABLE %%s OWNER TO w_%1$s', c.oid::regclass) FROM pg_class c
                             WHERE c.relnamespace = 'tideline'::regnamespace AND c.relkind = 'r'
                            UNION ALL
                            SELECT format('ALTER SEQUENCE %%s OWNER TO w_%1$s', c.oid::regclass) FROM pg_class c
                             WHERE c.relnamespace = 'tideline'::regnamespace AND c.relname IN ('doorbell', 'missed')
                            UNION ALL
                            SELECT format('ALTER FUNCTION %%s OWNER TO w_%1$s', p.oid::regprocedure) FROM pg_proc p
                             WHERE p.pronamespace = 'tideline'::regnamespace
                        LOOP
                            EXECUTE statement;
                        END LOOP;
                    END $$""".formatted(source.name()));
        }

        void execute(String sql) {
            source.execute(sql.replace("owner", "w_" + source.name()));
        }

        @Override
        public void close() {
            source.execute("REASSIGN OWNED BY w_%1$s TO postgres; DROP OWNED BY w_%1$s; DROP ROLE w_%1$s"
                    .formatted(source.name()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "13 | REVOKE USAGE ON SCHEMA tideline FROM owner | GRANT USAGE ON SCHEMA tideline TO owner | 1 1",
                "18 | REVOKE USAGE ON SCHEMA tideline FROM owner | GRANT USAGE ON SCHEMA tideline TO owner | 1 1",
                "18 | REVOKE ALL ON ALL TABLES IN SCHEMA tideline FROM owner"
                        + " | GRANT ALL ON ALL TABLES IN SCHEMA tideline TO owner | 1 1",
                "18 | REVOKE ALL ON ALL TABLES IN SCHEMA tideline FROM owner;"
                        + " REVOKE ALL ON ALL SEQUENCES IN SCHEMA tideline FROM owner"
                        + " | GRANT ALL ON ALL TABLES IN SCHEMA tideline TO owner;"
                        + " GRANT ALL ON ALL SEQUENCES IN SCHEMA tideline TO owner | 1 1",
                "13 | REVOKE ALL ON SEQUENCE tideline.doorbell FROM owner"
                        + " | GRANT ALL ON SEQUENCE tideline.doorbell TO owner | 0 0",
                "18 | REVOKE ALL ON SEQUENCE tideline.doorbell FROM owner"
                        + " | GRANT ALL ON SEQUENCE tideline.doorbell TO owner | 0 0",
                "18 | DROP SEQUENCE tideline.doorbell | CREATE SEQUENCE tideline.doorbell | 0 0",
                "18 | SELECT setval('tideline.doorbell', 4000000000); REVOKE EXECUTE ON FUNCTION pg_notify FROM PUBLIC"
                        + " | GRANT EXECUTE ON FUNCTION pg_notify TO PUBLIC | 0 0",
                "18 | ALTER FUNCTION tideline.tideline_1_new() OWNER TO pg_monitor"
                        + " | ALTER FUNCTION tideline.tideline_1_new() OWNER TO owner | 1 0"
            })
    void a_right_that_is_withdrawn_fails_no_statement_and_what_was_missed_is_compared(
            int major, String withdraw, String giveBack, String raised) throws SQLException {
        try (SyncScenario scenario = installed(major);
                Owner owner = new Owner(scenario.source());
                Connection source = scenario.source().connect();
                Connection application = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
            watch.look(source);
            application.createStatement().execute(WRITE);
            assertThat(watch.look(source)).isFalse();
            scenario.source().execute("UPDATE tideline.stream SET epoch = 0");

            owner.execute(withdraw);
            application.createStatement().execute(WRITE);
            owner.execute(giveBack);
            watch.look(source);
            assertThat(scenario.source().value(RAISED))
                    .as("given back before the look")
                    .isEqualTo(raised);

            scenario.source().execute("UPDATE tideline.stream SET epoch = 0");
            owner.execute(withdraw);
            application.createStatement().execute(WRITE);
            watch.look(source);
            watch.look(source);
            assertThat(scenario.source().value(RAISED))
                    .as("withdrawn until the look")
                    .isEqualTo(raised);
            assertThat(CaptureWatch.troubles(source, layout(source))).isEmpty();
            scenario.source().execute("TRUNCATE tideline.change_0");
            application.createStatement().execute(WRITE);
            assertThat(scenario.source().value("SELECT count(*) FROM tideline.change_0"))
                    .isEqualTo("4");
        }
    }

    @Test
    void what_is_added_to_a_table_of_ours_is_removed_by_the_next_look() throws SQLException {
        List<String> disturbing = List.of(
                "ALTER TABLE tideline.change_0 ADD CONSTRAINT mine CHECK (c1 <> '1')",
                "ALTER TABLE tideline.change_0 ADD mine int NOT NULL",
                "ALTER TABLE tideline.change_0 ALTER c3 SET NOT NULL",
                "ALTER TABLE tideline.change_0 ALTER c3 SET DEFAULT (1 / 0)::text",
                "ALTER TABLE tideline.change_0 ALTER c2 TYPE bool USING NULL",
                "ALTER TABLE tideline.change_0 ALTER xid DROP DEFAULT",
                "ALTER TABLE tideline.change_0 RENAME c1 TO mine",
                "CREATE UNIQUE INDEX mine ON tideline.change_0 (stream)",
                "CREATE INDEX mine ON tideline.change_0 ((1 / (length(c2) - 1)))",
                "CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'mine'; END $$;"
                        + " CREATE TRIGGER mine BEFORE INSERT ON tideline.change_0 FOR EACH ROW EXECUTE FUNCTION mine()");
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
            watch.look(source);
            assertThat(OwnObjects.faults(source)).isEmpty();
            for (String sql : disturbing) {
                scenario.source().execute("TRUNCATE tideline.change_0");
                scenario.source().execute(sql);
                assertThatThrownBy(() -> scenario.source().execute(WRITE))
                        .as(sql)
                        .isInstanceOf(IllegalStateException.class);
                assertThat(CaptureWatch.troubles(source, layout(source)))
                        .as(sql)
                        .hasSize(2)
                        .allSatisfy((stream, trouble) -> assertThat(trouble).contains("tideline.change_0", "Run: "));
                watch.look(source);
                assertThat(OwnObjects.faults(source)).as(sql).isEmpty();
                scenario.source().execute(WRITE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE RULE mine AS ON INSERT TO tideline.change_0 DO INSTEAD NOTHING",
                "CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;"
                        + " CREATE TRIGGER mine BEFORE INSERT ON tideline.change_0 FOR EACH ROW EXECUTE FUNCTION mine()",
                "ALTER TABLE tideline.change_0 SET UNLOGGED"
            })
    void what_may_swallow_changes_is_removed_and_all_tables_are_compared(String sql) throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
            watch.look(source);
            scenario.source().execute(sql);
            scenario.source().execute(WRITE);
            assertThat(watch.look(source)).isTrue();
            assertThat(scenario.source().value(RAISED)).isEqualTo(COMPARED);
            assertThat(OwnObjects.faults(source)).isEmpty();
            assertThat(watch.look(source)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE OR REPLACE FUNCTION tideline.tideline_1_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
                        + " AS $$ BEGIN RETURN NULL; END $$ |",
                "ALTER FUNCTION tideline.tideline_1_new() SECURITY INVOKER |",
                "ALTER FUNCTION tideline.tideline_1_new() SET role = nobody |",
                "ALTER FUNCTION tideline.tideline_1_new() SECURITY INVOKER"
                        + " | ALTER FUNCTION tideline.tideline_1_new() SECURITY DEFINER"
            })
    void a_function_that_is_replaced_is_put_back_and_its_table_is_compared_once(String replace, String back)
            throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
            watch.look(source);
            scenario.source().execute(replace);
            if (back != null) {
                scenario.source().execute(back);
            }
            assertThat(watch.look(source)).isTrue();
            assertThat(scenario.source().value(RAISED)).isEqualTo("1 0");
            assertThat(scenario.source()
                            .value("SELECT compared_because FROM tideline.capture_watch WHERE stream_id = 1"))
                    .isEqualTo("function tideline.tideline_1_new, which captures changes of table thing, was replaced"
                            + " or altered");
            assertThat(watch.look(source)).isFalse();
            scenario.source().execute("INSERT INTO thing (tenant, id) VALUES (1, 7)");
            assertThat(scenario.source().value("SELECT string_agg(c2, ' ') FROM tideline.change_0"))
                    .isEqualTo("7");
        }
    }

    @Test
    void neither_a_turn_to_another_change_table_nor_an_install_counts_as_a_replacement() throws SQLException {
        try (SyncScenario scenario = installed();
                Connection source = scenario.source().connect()) {
            CaptureWatch watch = new CaptureWatch(layout(source), new OwnObjects());
            watch.look(source);
            scenario.source().execute("SELECT tideline.turn_capture(1)");
            assertThat(watch.look(source)).isFalse();
            scenario.install();
            assertThat(watch.look(source)).isFalse();
            assertThat(scenario.source().value(RAISED)).isEqualTo("0 0");

            scenario.source().execute("ALTER FUNCTION tideline.tideline_1_new() SECURITY INVOKER");
            scenario.install();
            assertThat(watch.look(source)).isFalse();
            assertThat(scenario.source().value(RAISED)).isEqualTo("1 0");
        }
    }

    @Test
    void what_makes_passes_fail_is_removed_as_well() {
        try (SyncScenario scenario = installed()) {
            scenario.run();
            Rows.of(scenario.target(), "SELECT id FROM thing").become("1");
            scenario.source().execute("ALTER TABLE tideline.change_1 ALTER c2 TYPE bool USING NULL");
            Rows.of(
                            scenario.source(),
                            "SELECT atttypid::regtype FROM pg_attribute"
                                    + " WHERE attrelid = 'tideline.change_1'::regclass AND attname = 'c2'")
                    .become("text");
            scenario.source().execute("INSERT INTO thing (tenant, id) VALUES (1, 2)");
            Rows.of(scenario.target(), "SELECT id FROM thing ORDER BY 1").become("1", "2");
        }
    }
}
