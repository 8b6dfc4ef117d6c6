package dev.tideline.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class InstallerTest {

    private static final String THINGS =
            "mappings:\n  things: { table: thing, tenant: tenant, key: [id], target: thing }\n";
    private static final String THING = "CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text)";

    @Test
    void installing_the_same_again_leaves_a_runtime_alone() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            String before = scenario.source().value("SELECT version FROM tideline.layout");
            scenario.install();
            assertThat(scenario.source().value("SELECT version FROM tideline.layout"))
                    .isEqualTo(before);
        }
    }

    @Test
    void an_installation_that_was_made_before_comments_were_ascii_is_gone_on_with() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            String checksums =
                    "SELECT version, checksum FROM tideline.schema_history WHERE version IN ('1', '5') ORDER BY 1";
            Rows.of(scenario.source(), checksums).become("1|-75401802", "5|250618766");
            scenario.source()
                    .execute("UPDATE tideline.schema_history SET checksum = 749157888 WHERE version = '1';"
                            + " UPDATE tideline.schema_history SET checksum = -308697994 WHERE version = '5'");
            scenario.install();
            Rows.of(scenario.source(), checksums).become("1|-75401802", "5|250618766");
        }
    }

    @Test
    void changes_made_while_triggers_were_disabled_arrive_after_the_next_install() {
        try (SyncScenario scenario = SyncScenario.of(THING, THINGS)) {
            scenario.source().execute("INSERT INTO thing VALUES (1, 1, 'a'), (1, 2, 'b')");
            scenario.install();
            SyncRuntime before = scenario.run();
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id").become("1|a", "2|b");
            before.close();
            scenario.source()
                    .execute("ALTER TABLE thing DISABLE TRIGGER ALL; DELETE FROM thing WHERE id = 1;"
                            + " ALTER TABLE thing ENABLE TRIGGER ALL; UPDATE thing SET v = 'c' WHERE id = 2");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id").become("2|c");
        }
    }

    @Test
    void the_type_of_a_key_is_changed_between_release_and_install_while_old_sessions_continue_writing()
            throws Exception {
        try (SyncScenario scenario = SyncScenario.of(THING, THINGS);
                Connection writer = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + scenario.source().port() + "/"
                                + scenario.source().name() + "?user=postgres&password=postgres");
                Statement write = writer.createStatement()) {
            scenario.install();
            SyncRuntime before = scenario.run();
            write.execute("INSERT INTO thing VALUES (1, 1, 'a')");
            Rows.of(scenario.target(), "SELECT id, v FROM thing").become("1|a");
            before.close();
            assertThatThrownBy(() -> scenario.source().execute("ALTER TABLE thing ALTER COLUMN id TYPE bigint"))
                    .hasMessageContaining("cannot alter type of a column used in a trigger definition");

            scenario.source()
                    .execute("BEGIN; SELECT tideline.release('thing');"
                            + " ALTER TABLE thing ALTER COLUMN id TYPE bigint; COMMIT");
            write.execute("INSERT INTO thing VALUES (1, 2, 'not captured')");
            scenario.install();
            write.execute("INSERT INTO thing VALUES (1, 10000000000, 'large')");
            scenario.target().execute("ALTER TABLE thing ALTER COLUMN id TYPE bigint");
            scenario.run();
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id")
                    .become("1|a", "2|not captured", "10000000000|large");
        }
    }
}
