package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command ends with, and how what it says begins, in each state that a user may find it in. */
class CommandStatesTest {

    /** Commands that need what {@code install} makes, with names that there are. */
    private static final List<String> NEED_INSTALL = List.of(
            "run",
            "sync 1",
            "resync 1",
            "status",
            "verify",
            "park list",
            "park retry --all",
            "park discard --all",
            "pause sequencer",
            "resume poller",
            "pause 1/main",
            "requests list",
            "requests retry 7",
            "requests discard --all",
            "sequence --once",
            "poll --once");

    private static final List<String> OTHERS = List.of("check", "install", "install --plan", "uninstall");

    @TempDir
    private Path folder;

    private void ends(SyncScenario scenario, String command, int code, String begins) {
        ends(scenario.yaml(), command, code, begins);
    }

    private void ends(String yaml, String command, int code, String begins) {
        Outcome outcome = new TidelineTool(folder).run(yaml, command.split(" "));
        assertThat(outcome.code()).as(command + ": " + outcome).isEqualTo(code);
        assertThat(code == 0 ? outcome.out() : outcome.err()).as(command).startsWith(begins);
    }

    @Test
    void without_an_installation_a_command_names_install() {
        try (SyncScenario scenario = SyncScenario.users()) {
            NEED_INSTALL.forEach(command -> ends(
                    scenario,
                    command,
                    2,
                    "Tideline is not installed in this source. Run \"install\" with this configuration first"));
            ends(scenario, "check", 0, "source ");
            ends(scenario, "alerts test", 0, "No alert is configured.");
            ends(scenario, "uninstall", 0, "Nothing was installed.");
        }
    }

    @Test
    void a_source_that_does_not_answer_is_named_by_its_place_in_the_file() {
        try (SyncScenario scenario = SyncScenario.users();
                ClosedPort closed = new ClosedPort()) {
            String yaml = scenario.yaml()
                    .replace(
                            ":" + scenario.source().port() + "/"
                                    + scenario.source().name(),
                            ":" + closed.number() + "/" + scenario.source().name());
            Stream.concat(NEED_INSTALL.stream(), OTHERS.stream())
                    .forEach(command -> ends(
                            yaml,
                            command,
                            1,
                            "tideline.yaml:1:11 source.url: nothing accepts connections at 127.0.0.1:"
                                    + closed.number()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void names_ids_and_keys_that_there_are_not_are_bad_usage() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            for (String command : List.of("sync 11", "resync 11")) {
                ends(scenario, command, 2, "there is no tenant \"11\" in the table tenancy (id). Did you mean \"1\"?");
            }
            for (String command : List.of("status --tenant 11", "verify --tenant 11", "park list --tenant 11")) {
                ends(scenario, command, 2, "There is no tenant \"11\". Did you mean \"1\"?");
            }
            for (String command : List.of("verify --target mian", "park list --target mian")) {
                ends(scenario, command, 2, "There is no external database \"mian\"");
            }
            ends(
                    scenario,
                    "resync 1 --target mian",
                    2,
                    "tenant \"1\" has no external database \"mian\" that is enabled.");
            ends(scenario, "resync 1 --mapping user", 2, "there is no mapping \"user\"");
            for (String command : List.of("verify --mapping user", "park retry --mapping user")) {
                ends(scenario, command, 2, "There is no mapping \"user\"");
            }
            for (String command : List.of("pause 1/mian", "resume 1/mian")) {
                ends(scenario, command, 2, "There is no external database \"1/mian\". Did you mean \"1/main\"?");
            }
            ends(scenario, "pause sequenser", 2, "There is no stage \"sequenser\". Did you mean \"sequencer\"?");
            for (String command : List.of("park retry --key 7", "park discard --key 7")) {
                ends(scenario, command, 2, "No parked row has the key 7; see \"park list\".");
            }
            ends(scenario, "requests retry abc", 2, "No dead letter has the id abc; see \"requests list\".");
            for (String command : List.of("requests retry 7", "requests discard 7 8")) {
                ends(scenario, command, 2, "No dead letter has the id 7; see \"requests list\".");
            }
        }
    }

    @Test
    void values_that_an_option_cannot_have_are_bad_usage() {
        try (SyncScenario scenario = SyncScenario.users()) {
            for (String command : List.of(
                    "check --targets -1",
                    "install --targets many",
                    "verify --limit -1",
                    "verify --settle 1.5",
                    "requests list --limit -1",
                    "requests list --state lost",
                    "requests list --after x",
                    "status --page x",
                    "status --size x")) {
                ends(scenario, command, 2, "Invalid value for ");
            }
            ends(scenario, "status --page 0", 2, "--page is 1 or more");
            ends(scenario, "status --size 0", 2, "--page is 1 or more");
            for (String command :
                    List.of("requests retry x", "sync", "pause", "requests", "park", "sequence", "poll", "alerts")) {
                assertThat(new TidelineTool(folder)
                                .run(scenario, command.split(" "))
                                .code())
                        .as(command)
                        .isEqualTo(2);
            }
        }
    }
}
