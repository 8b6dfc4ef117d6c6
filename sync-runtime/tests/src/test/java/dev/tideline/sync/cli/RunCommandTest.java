package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.kill.CommandLineProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log of {@code run} says; every line is compared whole but for its time and thread. */
class RunCommandTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private CommandLineProcess run(SyncScenario scenario) throws IOException {
        new TidelineTool(folder).run(scenario, "install");
        return new CommandLineProcess(folder.resolve("tideline.yaml"), folder.resolve("run.log"));
    }

    private String[] lines(CommandLineProcess runtime) throws IOException {
        return runtime.log()
                .replace(folder + "/", "")
                .lines()
                .map(line -> line.replaceFirst("^\\S+ \\[\\S+] ", ""))
                .toArray(String[]::new);
    }

    @Test
    void rows_of_a_tenant_that_is_nowhere_are_said_to_go_nowhere() throws IOException {
        try (SyncScenario scenario = SyncScenario.users();
                CommandLineProcess runtime = run(scenario)) {
            scenario.source().execute("INSERT INTO project_user VALUES (77, 1, 'Ada', false)");
            await("the line about tenant 77")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(lines(runtime))
                            .contains(
                                    "INFO SyncEngine - there is no tenant 77 in the table tenancy: its rows are not synced,"
                                            + " and its request is dropped"));
        }
    }

    @Test
    void a_table_that_nobody_watches_is_named_at_the_start() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("CREATE TABLE team (id int PRIMARY KEY, name text)");
            scenario.mappings(scenario.mappings() + "    select: SELECT r.id, t.name FROM project_user r, team t\n");
            try (CommandLineProcess runtime = run(scenario)) {
                Rows.of(scenario.target(), "SELECT count(*) FROM users").become("0");
                assertThat(lines(runtime))
                        .contains("WARN SyncRuntime - tideline.yaml:10:5 mappings.users.select: this reads team (name),"
                                + " which is not in depends_on: when it changes, the rows of mapping users that are made"
                                + " from it go stale. Add to depends_on: - { table: team, key: { <column of project_user>:"
                                + " <column of team> } }. A table that never changes may be left out.");
            }
        }
    }

    @Test
    void the_next_try_of_an_external_database_that_fails_is_reported_in_seconds() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.addTarget("1", "gone", "postgres://postgres:secret@127.0.0.1:1/nowhere");
            try (CommandLineProcess runtime = run(scenario)) {
                await("the line about the first try")
                        .atMost(LIMIT)
                        .untilAsserted(() -> assertThat(lines(runtime))
                                .anyMatch(line ->
                                        line.matches("WARN TargetOutcomes - tenant 1, target gone: nothing accepts"
                                                + " connections at 127\\.0\\.0\\.1:1\\. Start Postgres there, or correct host and"
                                                + " port\\. \\(try 1, next in 0\\.\\d\\d s\\)")));
            }
        }
    }
}
