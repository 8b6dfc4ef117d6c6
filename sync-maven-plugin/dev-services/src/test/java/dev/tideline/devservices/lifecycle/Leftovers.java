package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.process.FileMutex;
import dev.tideline.ports.PortTable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What could be left of a workspace's services after they were stopped.
 *
 * @param root real path of the workspace
 * @param prefix its prefix
 */
public record Leftovers(Path root, int prefix) {

    /**
     * Fails if anything is left of the services of a build.
     *
     * @param project folder of its project, which is its workspace
     * @throws IOException if a port is taken or the folder cannot be read
     */
    public static void requireNoneOf(File project) throws IOException {
        Path root = project.toPath().toRealPath();
        File[] prefixes = root.resolve(".tideline").toFile().listFiles((folder, name) -> name.matches("\\d+"));
        for (File prefix : prefixes == null ? new File[0] : prefixes) {
            new Leftovers(root, Integer.parseInt(prefix.getName())).requireNone(root.toString());
        }
    }

    /** Those of a workspace whose last {@code sync:start} has told its ports. */
    public static Leftovers of(Path workspace) throws IOException {
        Properties ports = new Properties();
        try (var in = Files.newBufferedReader(workspace.resolve("target/tideline/ports.properties"))) {
            ports.load(in);
        }
        return new Leftovers(workspace, Integer.parseInt(ports.getProperty("tideline.port.launchpad")) / 100);
    }

    /** Fails unless there is no process, container, note, lock or port left. */
    public void requireNone(String where) throws IOException {
        StateFolder state = StateFolder.at(root.resolve(".tideline").resolve(Integer.toString(prefix)));
        assertThat(state.services()).as(where).isEmpty();
        assertThat(state.users()).as(where).isEmpty();
        FileMutex.acquire(state.root().resolve("lock"), Duration.ZERO, "a look", holder -> {})
                .close();
        // An initdb that lost its build comes to its end by itself.
        assertThat(Poll.untilTrue(Duration.ofSeconds(20), () -> processes().isEmpty()))
                .as(where + ": " + processes())
                .isTrue();
        for (var port : PortTable.standard().services()) {
            new ServerSocket(prefix * 100 + port.suffix(), 1, InetAddress.getByName("127.0.0.1")).close();
        }
        if (TestEngine.obstacle().isEmpty()) {
            assertThat(TestEngine.client()
                            .listContainersCmd()
                            .withShowAll(true)
                            .withLabelFilter(List.of("dev.tideline.workspace=" + root))
                            .exec())
                    .as(where)
                    .isEmpty();
        }
    }

    /** Processes that name the workspace on their command line or in their environment, this one apart. */
    private List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> Stream.of("cmdline", "environ")
                        .anyMatch(file ->
                                contains(Path.of("/proc", Long.toString(process.pid()), file), root.toString())))
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
