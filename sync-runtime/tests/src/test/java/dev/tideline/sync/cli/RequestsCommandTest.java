package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void dead_letters_are_listed_tried_again_and_given_up() {
        TidelineTool tool = new TidelineTool(folder);
        try (SyncScenario scenario = SyncScenario.users()) {
            assertThat(tool.run(scenario, "requests", "list"))
                    .isEqualTo(
                            new Outcome(
                                    2,
                                    "",
                                    "Tideline is not installed in this source. Run \"install\" with this configuration first\n"));
            tool.run(scenario, "install");
            assertThat(tool.run(scenario, "requests", "list")).isEqualTo(new Outcome(0, "No request is dead.\n", ""));
            scenario.source()
                    .execute(
                            "SELECT tideline.enqueue_request('https://example.org/secret-path') FROM"
                                    + " generate_series(1, 3)",
                            "UPDATE tideline.http_request SET dead = true, attempts = 16, last_error = 'answered 500'");
            assertThat(tool.run(scenario, "requests", "list").out().lines())
                    .hasSize(3)
                    .allMatch(line -> line.matches(
                            "\\d+ application to example\\.org: answered 500 \\(16 tries, enqueued .*\\)"));
            assertThat(tool.run(scenario, "requests", "list", "--json").out())
                    .contains("\"host\" : \"example.org\"", "\"state\" : \"dead\"")
                    .doesNotContain("secret-path");
            String id = scenario.source().value("SELECT min(request_id) FROM tideline.http_request");
            assertThat(tool.run(scenario, "requests", "retry"))
                    .isEqualTo(new Outcome(2, "", "Say which requests: their ids, or --all.\n"));
            assertThat(tool.run(scenario, "requests", "retry", id))
                    .isEqualTo(new Outcome(0, "1 request will be tried again by the next runtime that polls.\n", ""));
            assertThat(tool.run(scenario, "requests", "retry", id))
                    .isEqualTo(new Outcome(2, "", "No dead letter has the id " + id + "; see \"requests list\".\n"));
            assertThat(tool.run(scenario, "requests", "discard", "--all"))
                    .isEqualTo(new Outcome(0, "2 requests discarded.\n", ""));
            assertThat(tool.run(scenario, "requests", "discard", "--all"))
                    .isEqualTo(new Outcome(0, "No request is a dead letter.\n", ""));
        }
    }

    @Test
    void receivers_of_alerts_are_tried() {
        TidelineTool tool = new TidelineTool(folder);
        try (SyncScenario scenario = SyncScenario.users()) {
            assertThat(tool.run(scenario, "alerts", "test").out())
                    .isEqualTo("No alert is configured. Add one: alerts: [ { url: https://…, secret: … } ]\n");
            scenario.settings("alerts: [ { url: \"https://127.0.0.1:9/token\", secret: s } ]");
            assertThat(tool.run(scenario, "alerts", "test"))
                    .isEqualTo(new Outcome(
                            1, "127.0.0.1:9: 127.0.0.1 is a private or loopback address, which is not allowed\n", ""));
        }
    }
}
