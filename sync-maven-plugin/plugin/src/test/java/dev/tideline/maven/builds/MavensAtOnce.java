package dev.tideline.maven.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.lifecycle.Leftovers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Builds of several workspaces with {@code auto}, all Mavens at the same moment. Run by the build {@code src/it/first-test}
 * with copies of itself.
 *
 * @param maven how Maven is started
 * @param project folder of a project with one test
 * @param out told what came of it
 */
public record MavensAtOnce(RealMaven maven, Path project, PrintStream out) {

    private static final int LIMIT_MINUTES = 10;

    /**
     * Runs them.
     *
     * @param howMany workspaces
     * @throws Exception if one fails, two share a block of ports, or something is left
     */
    public void run(int howMany) throws Exception {
        List<Path> workspaces = new ArrayList<>();
        for (int i = 1; i <= howMany; i++) {
            workspaces.add(copy(
                    project.resolveSibling(project.getFileName() + "-at-once").resolve("workspace " + i)));
        }
        List<Process> builds = new ArrayList<>();
        List<Integer> prefixes = new ArrayList<>();
        try {
            for (Path workspace : workspaces) {
                builds.add(maven.begin(workspace, log(workspace), List.of("-Dtideline.portPrefix=auto", "verify")));
            }
            for (int i = 0; i < howMany; i++) {
                assertThat(builds.get(i).waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                        .isTrue();
                String said = Files.readString(log(workspaces.get(i)));
                assertThat(builds.get(i).exitValue()).as(said).isZero();
                assertThat(said).contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
                Leftovers left = Leftovers.of(workspaces.get(i));
                prefixes.add(left.prefix());
                left.requireNone(said);
            }
        } finally {
            builds.forEach(Process::destroy);
        }
        assertThat(prefixes).doesNotHaveDuplicates();
        out.println(howMany + " workspaces at once, on prefixes " + prefixes);
    }

    private Path copy(Path workspace) throws IOException {
        for (Path part : List.of(Path.of("pom.xml"), Path.of("src"))) {
            try (Stream<Path> files = Files.walk(project.resolve(part))) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    Path target = workspace.resolve(project.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
        // Its own root, or the first folder above that has one would be the workspace of all of them.
        Files.createDirectories(workspace.resolve(".tideline"));
        return workspace.toRealPath();
    }

    private static Path log(Path workspace) {
        return workspace.resolve("build.log");
    }
}
