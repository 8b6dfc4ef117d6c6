package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {

    @TempDir
    private Path folder;

    private TidelineTool tideline;

    @BeforeEach
    void setUp() {
        tideline = new TidelineTool(folder);
    }

    /** With what differs from run to run taken out. */
    private Outcome status(SyncScenario scenario) {
        Outcome status = tideline.run(scenario, "status");
        String out = status.out()
                .replaceAll("last id \\d+ at \\S+", "last id … at …")
                .replaceAll("cursor \\d+", "cursor …")
                .replaceAll("oldest [\\d.]+ s", "oldest … s")
                .replaceAll("postgres://\\S+", "postgres://…");
        return new Outcome(status.code(), out, status.err());
    }

    @Test
    void stages_and_external_databases_that_are_paused_are_shown_as_such() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.addTarget("1", "second");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            tideline.run(scenario, "install");
            tideline.run(scenario, "pause", "1/second");
            tideline.run(scenario, "sync", "1");
            assertThat(status(scenario)).isEqualTo(new Outcome(0, """
                    sequencer  on, not running, 0 changes pending, last id … at …
                    poller     on, no runtime is running; requests: 0 pending, 0 in flight, 0 stale, 0 dead
                    mapping    users (project_user): the number of rows is unknown until the first ANALYZE, 0 in the ledger
                    targets    2, 1 ok, 0 failing, 1 paused
                      1/main  ok  postgres://…
                        users: cursor …, backlog 0
                      1/second  paused, until "resume 1/second"
                    """, ""));

            tideline.run(scenario, "pause", "1/main");
            tideline.run(scenario, "pause", "sequencer");
            tideline.run(scenario, "pause", "poller");
            scenario.source().execute("UPDATE project_user SET display_name = 'Eve'; ANALYZE project_user");
            assertThat(status(scenario)).isEqualTo(new Outcome(0, """
                    sequencer  paused, until "resume sequencer", 1 change pending, last id … at …
                    poller     paused, until "resume poller"; requests: 0 pending, 0 in flight, 0 stale, 0 dead
                    mapping    users (project_user): about 1 row, 0 in the ledger
                    targets    2, 0 ok, 0 failing, 2 paused
                      1/main  paused, until "resume 1/main"  postgres://…
                        users: cursor …, backlog 0
                      1/second  paused, until "resume 1/second"
                    """, ""));
            JsonNode json = new ObjectMapper()
                    .readTree(tideline.run(scenario, "status", "--json").out());
            assertThat(json.at("/external_databases").findValuesAsText("status"))
                    .containsExactly("paused", "paused");
            assertThat(json.at("/totals/paused").asInt()).isEqualTo(2);
            assertThat(json.at("/poller/runtimes").asInt()).isZero();
        }
    }

    @Test
    void a_runtime_that_is_up_is_seen() {
        try (SyncScenario scenario = SyncScenario.users()) {
            tideline.run(scenario, "install");
            scenario.run();
            await("it sequences")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(status(scenario).out())
                            .startsWith("sequencer  running, 0 changes pending, last id … at …\n"
                                    + "poller     on; requests: "));
        }
    }

    @Test
    void a_file_that_has_more_than_what_is_installed_is_noted() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("CREATE TABLE team (id int PRIMARY KEY, tenancy_id int)");
            tideline.run(scenario, "install");
            scenario.mappings(scenario.mappings() + """
                      teams:
                        table: team
                        tenant: tenancy_id
                        key: id
                        depends_on: [ { table: project_user, key: { tenancy_id: tenancy_id } } ]
                    """);
            String differs =
                    "mapping teams is not installed; changes of tenancy_id in table project_user, which mapping"
                            + " teams depends on, are not captured. Run \"install\" with this configuration first";
            assertThat(status(scenario).err())
                    .isEqualTo("note: this is what is installed, and the file differs: " + differs + ".\n");
            assertThat(tideline.run(scenario, "sync", "1")).isEqualTo(new Outcome(2, "", differs + "\n"));
        }
    }

    @Test
    void a_table_that_cannot_be_followed_is_named_with_the_reason_though_no_runtime_is_running() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            tideline.run(scenario, "install");
            scenario.source().execute("ALTER TABLE project_user RENAME id TO user_id");
            assertThat(status(scenario).out())
                    .contains(
                            "capture    project_user (tenancy_id, id): not followed: column id of table project_user was"
                                    + " renamed to user_id. Use this name in the configuration and run \"install\","
                                    + " or rename it back\n");
            scenario.source().execute("ALTER TABLE project_user RENAME TO account");
            Outcome gone = status(scenario);
            assertThat(gone.code()).isZero();
            assertThat(gone.out())
                    .contains(
                            "capture    project_user (tenancy_id, id): not followed: table project_user was renamed to"
                                    + " account. Use this name in the configuration and run \"install\", or rename it"
                                    + " back\n");
        }
    }
}
