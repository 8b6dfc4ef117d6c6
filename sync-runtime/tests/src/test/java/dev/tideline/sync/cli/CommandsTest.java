package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    private Path folder;

    private static final String STANDS_BY =
            " A runtime that was started with another configuration stands by until you restart it.\n";

    private Outcome tideline(SyncScenario scenario, String... arguments) {
        return new TidelineTool(folder).run(scenario, arguments);
    }

    @Test
    void a_tenant_is_installed_synced_shown_and_uninstalled() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute(
                            "INSERT INTO project_user SELECT 1, i, 'user ' || i, i > 90 FROM generate_series(1, 100) i");
            assertThat(tideline(scenario, "install"))
                    .isEqualTo(new Outcome(
                            0,
                            "capturing project_user (tenancy_id, id)\nInstalled. Next: \"run\", or \"sync <tenant>\"."
                                    + STANDS_BY,
                            ""));
            assertThat(tideline(scenario, "install"))
                    .isEqualTo(new Outcome(0, "Installed. Next: \"run\", or \"sync <tenant>\"." + STANDS_BY, ""));
            assertThat(tideline(scenario, "sync", "1"))
                    .isEqualTo(new Outcome(
                            0,
                            "main users: 90 rows copied, 0 changed, 0 deleted\nTenant 1: 1 external database, caught up.\n",
                            ""));
            scenario.source().execute("DELETE FROM project_user WHERE id <= 10");
            scenario.source().execute("UPDATE project_user SET display_name = 'x' WHERE id = 11");
            assertThat(tideline(scenario, "sync", "1"))
                    .isEqualTo(new Outcome(
                            0,
                            "main users: 0 rows copied, 1 changed, 10 deleted\nTenant 1: 1 external database, caught up.\n",
                            ""));
            assertThat(Rows.of(scenario.target(), "SELECT count(*) FROM users").now())
                    .containsExactly("80");

            JsonNode status = new ObjectMapper()
                    .readTree(tideline(scenario, "status", "--json").out());
            assertThat(status.at("/sequencer/enabled").asBoolean()).isTrue();
            assertThat(status.at("/sequencer/pending").asInt()).isZero();
            assertThat(status.at("/sequencer/tables/0/entries").asInt()).isEqualTo(11);
            assertThat(status.at("/sequencer/deleted_rows/total").asInt()).isEqualTo(10);
            assertThat(status.at("/external_databases/0/status").asText()).isEqualTo("ok");
            assertThat(status.at("/external_databases/0/mappings/0/backlog").asInt())
                    .isZero();
            assertThat(status.toString()).doesNotContain("postgres:postgres");

            assertThat(tideline(scenario, "uninstall")).isEqualTo(new Outcome(0, """
                    no longer capturing project_user (tenancy_id, id)
                    Uninstalled. External databases keep their tables and tideline_sync_metadata; drop them there if nobody needs them.
                    """, ""));
            assertThat(tideline(scenario, "uninstall")).isEqualTo(new Outcome(0, "Nothing was installed.\n", ""));
        }
    }

    @Test
    void a_plan_says_what_an_install_will_do_and_does_nothing() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false); ANALYZE project_user");
            String address = scenario.target().url().replace(":postgres@", "@");
            Outcome plan = tideline(scenario, "install", "--plan");
            assertThat(plan).isEqualTo(new Outcome(0, """
                    source
                      schema tideline: made
                      project_user (tenancy_id, id): 5 triggers and 3 functions added, and a ledger; takes SHARE ROW EXCLUSIVE on project_user
                      Each attempt to take a lock lasts at most 2 s. While install waits for or holds SHARE ROW EXCLUSIVE, writers wait; for ACCESS EXCLUSIVE, readers wait too. It holds a lock for milliseconds.
                    external databases
                      1/main  %s
                        users: table users is filled with about 1 row
                    Nothing has been changed.
                    """.formatted(address), ""));
            assertThat(Rows.of(scenario.source(), "SELECT to_regnamespace('tideline') IS NULL")
                            .now())
                    .containsExactly("t");
            tideline(scenario, "install");
            tideline(scenario, "sync", "1");
            scenario.addTarget("2", "gone", "postgres://postgres:secret@127.0.0.1:1/nowhere");
            JsonNode json = new ObjectMapper()
                    .readTree(tideline(scenario, "install", "--plan", "--json").out());
            assertThat(json.at("/schema").asText()).isEqualTo("kept");
            assertThat(json.at("/capture/0/change").asText()).isEqualTo("KEPT");
            assertThat(json.at("/targets/0/mappings/0/action").asText()).isEqualTo("FOLLOW");
            assertThat(json.at("/targets/1/problem").asText()).contains("127.0.0.1:1");
            assertThat(json.toString()).doesNotContain("secret");
            assertThat(tideline(scenario, "install", "--json"))
                    .isEqualTo(new Outcome(2, "", "--json goes with --plan.\n"));
        }
    }

    @Test
    void a_configuration_that_is_not_installed_is_not_verified() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            tideline(scenario, "install");
            tideline(scenario, "sync", "1");
            scenario.mappings(scenario.mappings().replace("where: NOT r.is_anonymous", "where: r.is_anonymous"));
            assertThat(tideline(scenario, "verify"))
                    .isEqualTo(new Outcome(
                            2,
                            "",
                            "mapping users was installed with another definition. Run \"install\" with this configuration"
                                    + " first\n"));
        }
    }

    @Test
    void run_without_install_is_bad_usage_and_names_the_command() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            assertThat(tideline(scenario, "run"))
                    .isEqualTo(
                            new Outcome(
                                    2,
                                    "",
                                    "Tideline is not installed in this source. Run \"install\" with this configuration first\n"));
        }
    }

    @Test
    void a_target_that_cannot_be_reached_fails_the_sync_and_not_the_other() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.addTarget("1", "gone", "postgres://postgres:secret@127.0.0.1:1/nowhere");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            tideline(scenario, "install");
            Outcome outcome = tideline(scenario, "sync", "1");
            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("tenant 1, target gone: ", "127.0.0.1:1")
                    .doesNotContain("secret");
            assertThat(Rows.of(scenario.target(), "SELECT id FROM users").now()).containsExactly("1");
        }
    }

    @Test
    void the_database_of_one_tenant_is_refused_for_another() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (2, 2, 'Bob', false)");
            tideline(scenario, "install");
            tideline(scenario, "sync", "1");
            scenario.moveTarget("2");
            assertThat(tideline(scenario, "sync", "2"))
                    .isEqualTo(new Outcome(
                            1,
                            "Tenant 2: 1 external database, 1 failed.\n",
                            "tenant 2, target main: this database has the rows of tenant 1 in schema public, and"
                                    + " Tideline never mixes the rows of two tenants. Give tenant 2 another database"
                                    + " or currentSchema; or, if it should belong to this tenant from now on, drop"
                                    + " tideline_sync_metadata and the tables"
                                    + " there\n"));
            assertThat(Rows.of(scenario.target(), "SELECT id FROM users").now()).containsExactly("1");
        }
    }

    @Test
    void a_paused_sequencer_stays_off_until_it_is_resumed() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            tideline(scenario, "install");
            tideline(scenario, "sync", "1");
            assertThat(tideline(scenario, "pause", "sequencer").code()).isZero();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            assertThat(tideline(scenario, "sequence", "--once").out())
                    .isEqualTo("The sequencer is paused; run \"resume sequencer\" to resume it.\n");
            assertThat(tideline(scenario, "resume", "sequencer").code()).isZero();
            assertThat(tideline(scenario, "sequence", "--once").out()).isEqualTo("1 change sequenced: 1 row.\n");
            assertThat(tideline(scenario, "poll", "--once").out()).isEqualTo("1 request carried out.\n");
            assertThat(Rows.of(scenario.target(), "SELECT id FROM users").now()).containsExactly("1");
        }
    }
}
