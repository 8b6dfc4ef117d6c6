package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnknownNamesTest {

    @TempDir
    private Path folder;

    private Outcome tideline(SyncScenario scenario, String... arguments) throws Exception {
        return new TidelineTool(folder).run(scenario, arguments);
    }

    private static Outcome refused(String message) {
        return new Outcome(2, "", message + "\n");
    }

    @Test
    void every_command_that_takes_a_name_offers_the_nearest_one() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            tideline(scenario, "install");
            for (String command : new String[] {"pause", "resume"}) {
                assertThat(tideline(scenario, command, "1/mian"))
                        .isEqualTo(refused("There is no external database \"1/mian\". Did you mean \"1/main\"?"));
                assertThat(tideline(scenario, command, "acme/backup"))
                        .isEqualTo(refused("There is no external database \"acme/backup\". There is 1/main."));
                assertThat(tideline(scenario, command, "sequenser"))
                        .isEqualTo(refused("There is no stage \"sequenser\". Did you mean \"sequencer\"?"));
            }
            assertThat(tideline(scenario, "status", "--json").out())
                    .as("nothing was paused")
                    .doesNotContain("mian", "backup");
            assertThat(tideline(scenario, "status", "--tenant", "11"))
                    .isEqualTo(refused("There is no tenant \"11\". Did you mean \"1\"?"));
            assertThat(tideline(scenario, "park", "list", "--target", "Main", "--mapping", "user"))
                    .isEqualTo(refused(
                            "There is no external database \"Main\". Did you mean \"main\"? Names are case-sensitive.\n"
                                    + "There is no mapping \"user\". Did you mean \"users\"?"));
            assertThat(tideline(scenario, "verify", "--target", "backup"))
                    .isEqualTo(refused("There is no external database \"backup\". There is main."));
        }
    }

    @Test
    void what_is_paused_and_listed_no_more_can_be_resumed() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.listTargetsInTable();
            scenario.source()
                    .execute("INSERT INTO external_database VALUES (2, 'second', 'postgres://localhost/x', true)");
            tideline(scenario, "install");
            assertThat(tideline(scenario, "pause", "2/second").code()).isZero();
            scenario.source().execute("DELETE FROM external_database");
            assertThat(tideline(scenario, "resume", "2/second").code()).isZero();
            assertThat(tideline(scenario, "resume", "2/second").code()).isEqualTo(2);
        }
    }

    @Test
    void a_status_fails_if_told_to_and_shows_the_error_of_each_mapping() throws Exception {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE one (tenant int NOT NULL, id int PRIMARY KEY);
                CREATE TABLE two (tenant int NOT NULL, id int PRIMARY KEY);
                """, """
                mappings:
                  ones: { table: one, tenant: tenant, key: [id], target: one }
                  twos: { table: two, tenant: tenant, key: [id], target: two }
                """)) {
            assertThat(tideline(scenario, "status"))
                    .isEqualTo(refused(
                            "Tideline is not installed in this source. Run \"install\" with this configuration first"));
            tideline(scenario, "install");
            assertThat(tideline(scenario, "sync", "1").code()).isZero();
            assertThat(tideline(scenario, "status", "--fail").code()).isZero();
            assertThat(tideline(scenario, "status", "--json").out())
                    .as("nothing fails, and nobody runs")
                    .contains("\"ok\" : false", "no runtime is sequencing");
            scenario.target()
                    .execute(
                            "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                            "CREATE TRIGGER t BEFORE INSERT ON one FOR EACH ROW EXECUTE FUNCTION swallow()",
                            "CREATE TRIGGER t BEFORE INSERT ON two FOR EACH ROW EXECUTE FUNCTION swallow()");
            scenario.source().execute("INSERT INTO one VALUES (1, 1)", "INSERT INTO two VALUES (1, 1)");
            assertThat(tideline(scenario, "sync", "1").code()).isEqualTo(1);
            Outcome status = tideline(scenario, "status", "--fail");
            assertThat(status.code()).isEqualTo(1);
            assertThat(status.out()).contains("mapping ones: ", "mapping twos: ");
            assertThat(tideline(scenario, "status").code()).isZero();
        }
    }
}
