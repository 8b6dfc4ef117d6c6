package dev.tideline.maven.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Mavens that are started by hand, with what the Maven around has: its local repository, its settings, its registry of
 * prefixes. Without a network.
 *
 * @param home folder of the Maven
 * @param options what each of them is given
 */
public record RealMaven(Path home, List<String> options) {

    private static final int LIMIT_MINUTES = 5;

    /**
     * As the builds of {@code src/it} are run.
     *
     * @param project folder of one of them, as it was copied
     * @param localRepository its local repository
     * @return Mavens like the one that has just built it
     */
    public static RealMaven of(File project, File localRepository) {
        Path builds = project.toPath().getParent();
        return new RealMaven(
                Path.of(System.getProperty("maven.home")),
                List.of(
                        "-B",
                        "-o",
                        "-s",
                        builds.resolve("interpolated-settings.xml").toString(),
                        "-Dmaven.repo.local=" + localRepository,
                        "-Dtideline.stateDirectory=" + builds.resolveSibling("it-state")));
    }

    /**
     * Starts one.
     *
     * @param workspace folder of the project
     * @param log what it says goes there
     * @param arguments goals and more options
     * @return the JVM of Maven itself, not a shell around it
     * @throws IOException if it cannot be started
     */
    Process begin(Path workspace, Path log, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin").resolve("mvn").toString()));
        command.addAll(options);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -Xshare:auto");
        return builder.start();
    }

    /**
     * Runs one, which must succeed.
     *
     * @param workspace folder of the project
     * @param log what it says goes there
     * @param arguments goals and more options
     * @return what it said
     * @throws Exception if it fails
     */
    String run(Path workspace, Path log, List<String> arguments) throws Exception {
        Process maven = begin(workspace, log, arguments);
        try {
            boolean ended = maven.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            String said = Files.readString(log);
            assertThat(ended).as("ended in time: %s %s", arguments, said).isTrue();
            assertThat(maven.exitValue()).as("%s: %s", arguments, said).isZero();
            return said;
        } finally {
            maven.destroyForcibly();
        }
    }
}
