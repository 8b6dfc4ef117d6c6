package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says before any command does anything. */
class UsageTest {

    @TempDir
    private Path folder;

    private Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Tideline.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Outcome(code, out.toString(), err.toString().replace(folder + "/", ""));
    }

    @Test
    void bad_usage_is_exit_2_with_the_way_to_the_help() {
        assertThat(run("chek"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        lines(
                                "Unmatched argument at index 0: 'chek'",
                                "Did you mean: tideline check or tideline help?",
                                "Try: tideline --help")));
        assertThat(run("check", "--confg", "x").code()).isEqualTo(2);
        assertThat(run()).isEqualTo(new Outcome(2, "", lines("A command is missing.", "Try: tideline --help")));
    }

    @Test
    void a_missing_file_is_exit_2() {
        assertThat(run("check", "--config", folder.resolve("tideline.yaml").toString()))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        lines("tideline.yaml: there is no such file. Write one (docs/configuration.md has a complete"
                                + " example), or name another with --config.")));
    }

    @Test
    void help_and_version_go_to_standard_output() {
        assertThat(run("--help").out()).contains("Exit codes:", "check");
        assertThat(run("check", "--help").out()).contains("--config=FILE");
        Outcome version = run("--version");
        assertThat(version.out()).startsWith("tideline ");
        assertThat(version.err()).isEmpty();
        assertThat(version.code()).isZero();
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
