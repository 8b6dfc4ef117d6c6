package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds of several workspaces at the same moment, each with {@code auto}. Eight of them with profile "long". */
class WorkspacesAtOnceTest {

    private static final int HOW_MANY = Integer.getInteger("workspaces.at.once", 3);

    @TempDir
    Path folder;

    @Test
    void each_has_a_block_of_its_own_and_sees_only_its_own_rows_and_mail() throws Exception {
        List<Process> builds = new ArrayList<>();
        try {
            for (int i = 0; i < HOW_MANY; i++) {
                builds.add(build(Files.createDirectories(folder.resolve("workspace-" + i))));
            }
            List<BufferedReader> told = builds.stream()
                    .map(build ->
                            new BufferedReader(new InputStreamReader(build.getInputStream(), StandardCharsets.UTF_8)))
                    .toList();
            List<String> ready = new ArrayList<>();
            for (BufferedReader build : told) {
                ready.add(build.readLine());
            }
            assertThat(ready)
                    .as("what the builds said; on standard error: %s", errors())
                    .doesNotHaveDuplicates()
                    .allMatch(line -> line != null && line.matches("ready \\d+"));
            for (Process build : builds) {
                build.getOutputStream().write('\n');
                build.getOutputStream().flush();
            }
            for (BufferedReader build : told) {
                assertThat(build.readLine()).isEqualTo("good");
            }
            for (Process build : builds) {
                assertThat(build.waitFor()).isZero();
            }
        } finally {
            builds.forEach(Process::destroy);
        }
    }

    private String errors() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.newDirectoryStream(folder, "*.txt")) {
            for (Path file : files) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private Process build(Path workspace) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                OwnBlockMain.class.getName(),
                workspace.toString());
        java.environment().put("CLASSPATH", classPath);
        return java.redirectError(
                        folder.resolve(workspace.getFileName() + ".txt").toFile())
                .start();
    }
}
