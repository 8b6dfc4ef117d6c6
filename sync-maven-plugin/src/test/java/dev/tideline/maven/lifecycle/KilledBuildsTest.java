package dev.tideline.maven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.maven.loop.Poll;
import dev.tideline.maven.process.FileMutex;
import dev.tideline.ports.PortTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Start, {@code kill -9} of the build at a random moment, start, stop: nothing may be left, however often. Two rounds;
 * {@code -Dtideline.test.kills=20} for more.
 */
class KilledBuildsTest {

    private static final int ROUNDS = Integer.getInteger("tideline.test.kills", 2);
    private static final int LATEST_MILLIS = 4000;
    private static final String[] SERVICES = {"postgres", "external-postgres", "mail", "collector"};

    private final RecordingProgress progress = new RecordingProgress();

    @TempDir
    Path folder;

    @Test
    void leave_nothing_of_processes() throws Exception {
        TestWorkspace workspace = new TestWorkspace(workspaceFolder(), FreePrefix.next());
        rounds(workspace, "embedded", workspace.services(progress));
    }

    @Test
    @ExtendWith(TestEngine.class)
    void leave_nothing_of_containers() throws Exception {
        TestWorkspace usual = new TestWorkspace(workspaceFolder(), FreePrefix.next());
        DockerWorkspace workspace = new DockerWorkspace(usual, TestEngine::address);
        try {
            rounds(usual, "docker", workspace.services(progress));
            assertThat(TestEngine.client()
                            .listContainersCmd()
                            .withShowAll(true)
                            .withLabelFilter(List.of("dev.tideline.workspace=" + usual.root()))
                            .exec())
                    .isEmpty();
        } finally {
            workspace.services(progress).clean();
        }
    }

    private void rounds(TestWorkspace workspace, String provider, DevServices services) throws Exception {
        long seed = Long.getLong("tideline.test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 1; round <= ROUNDS; round++) {
            int millis = random.nextInt(LATEST_MILLIS);
            String where =
                    "round " + round + ", killed after " + millis + " ms, seed " + seed + ", told " + progress.told;
            StarterProcess build = StarterProcess.begin(workspace, provider, SERVICES);
            build.process().waitFor(millis, TimeUnit.MILLISECONDS);
            build.kill();

            if (provider.equals("docker")) {
                new DockerWorkspace(workspace, TestEngine::address).start(progress, "command line", SERVICES);
            } else {
                workspace.start(progress, "command line", SERVICES);
            }
            assertThat(services.status())
                    .as(where)
                    .hasSize(SERVICES.length)
                    .allSatisfy(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));
            assertThat(services.stop()).as(where).containsExactlyInAnyOrder(SERVICES);

            assertThat(services.known()).as(where).isEmpty();
            assertThat(workspace.state().users()).as(where).isEmpty();
            FileMutex.acquire(workspace.state().root().resolve("lock"), Duration.ZERO, "a look", holder -> {})
                    .close();
            // An initdb that lost its build comes to its end by itself.
            assertThat(Poll.untilTrue(
                            Duration.ofSeconds(20), () -> processesOf(workspace).isEmpty()))
                    .as(where + ": " + processesOf(workspace))
                    .isTrue();
            for (var port : PortTable.standard().services()) {
                new ServerSocket(workspace.prefix() * 100 + port.suffix(), 1, InetAddress.getByName("127.0.0.1"))
                        .close();
            }
        }
    }

    private Path workspaceFolder() throws IOException {
        return Files.createDirectories(folder.resolve("my work")).toRealPath();
    }

    /** Processes that name the workspace on their command line or in their environment. */
    private static List<String> processesOf(TestWorkspace workspace) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> Stream.of("cmdline", "environ")
                        .anyMatch(file -> contains(
                                Path.of("/proc", Long.toString(process.pid()), file),
                                workspace.root().toString())))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(text);
        } catch (IOException goneOrForeign) {
            return false;
        }
    }
}
