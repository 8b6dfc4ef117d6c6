package dev.tideline.maven.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody types first in a clone, with a local repository that has nothing of ours. With profile {@code long} also each
 * {@code run:} line of the workflows that needs neither GitHub nor root nor Docker, and the devcontainer's command.
 */
class FreshCloneIT {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    /** Set in a clone, whose own build must not make one more. */
    private static final String IN_A_CLONE = "TIDELINE_FRESH_CLONE";

    private static final Pattern RUN = Pattern.compile("(?m)^ +- run: (.*)$");
    private static final Pattern DEVCONTAINER = Pattern.compile("\"postCreateCommand\": \"(.*)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("sudo|docker|Docker|\\$\\{\\{");
    private static final int LIMIT_MINUTES = 45;

    private static final String SETTINGS = """
            <settings>
              <profiles>
                <profile>
                  <id>clone</id>
                  <activation><activeByDefault>true</activeByDefault></activation>
                  <repositories>%1$s</repositories>
                  <pluginRepositories>%2$s</pluginRepositories>
                </profile>
              </profiles>
            </settings>
            """;

    /** What the build around has downloaded is not downloaded again. */
    private static final String REPOSITORY = """
            <%1$s><id>of-the-build</id><url>%2$s</url>
            <releases><checksumPolicy>ignore</checksumPolicy></releases><snapshots><enabled>false</enabled></snapshots></%1$s>
            """;

    @TempDir
    Path folder;

    private Path clone;

    @BeforeEach
    void copyWhatGitKnows() throws Exception {
        assumeTrue(System.getenv(IN_A_CLONE) == null, "this is the build of a clone that was made by this test");
        clone = folder.resolve("a clone");
        Process git = new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
                .directory(ROOT.toFile())
                .start();
        for (String name : new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            if (Files.isRegularFile(ROOT.resolve(name))) {
                Files.createDirectories(clone.resolve(name).getParent());
                Files.copy(ROOT.resolve(name), clone.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.createDirectories(clone.resolve(".tideline"));
        Files.writeString(clone.resolve(".tideline/port-prefix"), "auto\n");
        String url = Path.of(System.getProperty("outer.repository")).toUri().toString();
        Files.writeString(
                folder.resolve("settings.xml"),
                SETTINGS.formatted(
                        REPOSITORY.formatted("repository", url), REPOSITORY.formatted("pluginRepository", url)));
    }

    @Test
    void what_is_typed_first_works() throws Exception {
        shell("mvn -B clean");
        String said = shell("mvn -B install -DskipTests");
        assertThat(said).doesNotContain("T E S T S").contains("BUILD SUCCESS");
        assertThat(shell("mvn -B -N sync:ports")).contains("launchpad");
        if (Boolean.getBoolean("tideline.test.workflows")) { // as long as the workflows
            for (String line : lines()) {
                shell(line);
            }
        }
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> workflows = Files.list(ROOT.resolve(".github/workflows"))) {
            for (Path workflow : (Iterable<Path>) workflows.sorted()::iterator) {
                RUN.matcher(Files.readString(workflow)).results().forEach(match -> lines.add(match.group(1)));
            }
        }
        lines.removeIf(ELSEWHERE.asPredicate());
        DEVCONTAINER
                .matcher(Files.readString(ROOT.resolve(".devcontainer/devcontainer.json")))
                .results()
                .forEach(match -> lines.add(match.group(1)));
        assertThat(lines).hasSizeGreaterThan(2);
        return lines;
    }

    /** Runs a line as it stands; Maven's options that make it a stranger here are in its environment. */
    private String shell(String line) throws Exception {
        Path log = Files.createTempFile(folder, "said", ".log");
        ProcessBuilder shell = new ProcessBuilder("bash", "-ec", line)
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        shell.environment().put(IN_A_CLONE, "true");
        shell.environment().put("PATH", System.getProperty("maven.home") + "/bin:" + System.getenv("PATH"));
        shell.environment().remove("TIDELINE_PORT_PREFIX");
        Files.writeString(
                clone.resolve(".mvn/maven.config"),
                "--no-transfer-progress\n-s\n" + folder.resolve("settings.xml") + "\n-Dmaven.repo.local="
                        + folder.resolve("repository") + "\n");
        Process process = shell.start();
        try {
            boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            String said = Files.readString(log);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", line, said)
                    .isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
