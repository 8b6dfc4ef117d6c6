package dev.tideline.maven.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tideline.devservices.lifecycle.Leftovers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/without-maven.md} as a shell and as Gradle give them, in an empty folder. */
class WithoutMavenIT {

    private static final Path PAGE = Path.of("../../docs/without-maven.md");
    private static final Path BUILT = Path.of("../dev-services/target");

    /** Where maven-invoker-plugin has installed what this build made. */
    private static final Path REPOSITORY = Path.of("target/it-repository").toAbsolutePath();

    private static final Pattern IN_A_SHELL = Pattern.compile("(?m)^java -jar \\S+-standalone\\.jar (.*)$");
    private static final Pattern IN_GRADLE = Pattern.compile("JavaExec, command\\((.*?)\\)\\)");

    @TempDir
    Path folder;

    @Test
    void a_shell_starts_looks_and_stops() throws Exception {
        List<List<String>> commands =
                found(IN_A_SHELL).map(words -> List.of(words.split(" "))).toList();
        assertThat(commands).extracting(words -> words.get(0)).containsExactly("start", "status", "stop");
        assertThat(standalone(commands.get(0)))
                .containsPattern("(?m)^postgres: ready, 16\\.\\S+ on port \\d+28, \\d+ ms$")
                .containsPattern("(?m)^mail: ready, ");
        assertThat(standalone(commands.get(1)))
                .containsPattern("(?m)^postgres: ready, .* \\(embedded, pid \\d+\\), for the command line$");
        assertThat(folder.resolve("build/tideline/ports.env")).exists();
        assertThat(standalone(commands.get(2))).containsPattern("Stopped .*mail");
        Leftovers.requireNoneOf(folder.toFile());
    }

    @Test
    void gradle_starts_and_stops() throws Exception {
        List<List<String>> tasks = found(IN_GRADLE)
                .map(words -> Stream.of(words.split(", "))
                        .map(word -> word.replace("'", ""))
                        .toList())
                .toList();
        assertThat(tasks).hasSize(2);
        assertThat(standalone(tasks.get(0))).contains("postgres: ready, ").contains("mail: ready, ");
        assertThat(standalone(tasks.get(1))).contains("Stopped ");
        Leftovers.requireNoneOf(folder.toFile());
    }

    @Test
    void a_command_that_does_not_exist_is_answered_with_those_that_do() throws Exception {
        Process java = begin(List.of("begin"));
        assertThat(said(java)).startsWith("Give a command: start, stop, status or run.");
        assertThat(java.waitFor()).isEqualTo(2);
    }

    @Test
    void help_is_no_failure() throws Exception {
        Process java = begin(List.of("start", "--help"));
        assertThat(said(java)).startsWith("Give a command: start, stop, status or run.");
        assertThat(java.waitFor()).isZero();
    }

    private static Stream<String> found(Pattern pattern) throws IOException {
        List<MatchResult> all =
                pattern.matcher(Files.readString(PAGE)).results().toList();
        return all.stream().map(match -> match.group(1));
    }

    private String standalone(List<String> words) throws Exception {
        assumeTrue(Files.isDirectory(REPOSITORY), "invoker.skip is set, which installs the servers");
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(
                "--provider=embedded",
                "--port-prefix=auto",
                "--local-repository=" + REPOSITORY,
                "--remote-repository="
                        + Path.of(System.getProperty("outer.repository")).toUri()));
        Process java = begin(all);
        String said = said(java);
        assertThat(java.waitFor()).as(said).isZero();
        return said;
    }

    private Process begin(List<String> words) throws IOException {
        Files.createDirectories(folder.resolve(".tideline"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar().toString()));
        command.addAll(words);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static String said(Process java) throws IOException {
        return new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(BUILT)) {
            return files.filter(file -> file.toString().endsWith("-standalone.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
        }
    }
}
