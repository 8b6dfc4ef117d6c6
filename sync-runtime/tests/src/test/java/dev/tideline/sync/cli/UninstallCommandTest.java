package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import dev.tideline.sync.install.Migration;
import dev.tideline.sync.kill.CommandLineProcess;
import dev.tideline.sync.source.SourceDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UninstallCommandTest {

    @TempDir
    private Path folder;

    @Test
    void a_runtime_that_is_up_is_named_and_stands_by_until_an_install() throws IOException {
        TidelineTool tideline = new TidelineTool(folder);
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            tideline.run(scenario, "install");
            try (CommandLineProcess runtime =
                    new CommandLineProcess(folder.resolve("tideline.yaml"), folder.resolve("run.log"))) {
                Rows.of(scenario.target(), "SELECT id FROM users").become("1");

                assertThat(tideline.run(scenario, "uninstall"))
                        .isEqualTo(new Outcome(
                                0,
                                """
                                no longer capturing project_user (tenancy_id, id)
                                Uninstalled. External databases keep their tables and tideline_sync_metadata; drop them there if nobody needs them.
                                """,
                                "warning: a runtime is running on this source, and will stand by. Stop it, or run"
                                        + " \"install\" again.\n"));
                await("the runtime says so")
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(warnings(runtime))
                                .containsExactly("LayoutWatch - Tideline was uninstalled from the source. This runtime"
                                        + " stands by; stop it, or run \"install\" with its"
                                        + " configuration to let it continue"));

                scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'Bob', false)");
                beginInstall(scenario);
                await("nothing is said of half an install")
                        .during(Duration.ofMillis(1500)) // a runtime that stands by looks every second
                        .atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(warnings(runtime)).hasSize(1));
                tideline.run(scenario, "install");
                Rows.of(scenario.target(), "SELECT id FROM users ORDER BY 1").become("1", "2");
                assertThat(warnings(runtime)).hasSize(1);
                assertThat(runtime.isAlive()).isTrue();
            }
        }
    }

    /** What an install has done when it is about to record its mappings. */
    private static void beginInstall(SyncScenario scenario) throws IOException {
        try (SourceDatabase source = scenario.openSource()) {
            Migration.run(source.pool());
        }
    }

    private static List<String> warnings(CommandLineProcess runtime) throws IOException {
        return runtime.log()
                .lines()
                .filter(line -> line.contains(" WARN "))
                .map(line -> line.replaceFirst(".* WARN ", ""))
                .toList();
    }
}
