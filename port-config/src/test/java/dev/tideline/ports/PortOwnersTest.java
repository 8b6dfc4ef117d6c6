package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PortOwnersTest {
    private static final String HEADLINE =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    Path temporary;

    @Test
    @EnabledOnOs(OS.LINUX)
    void proc_tells_a_listener_from_an_outgoing_connection() throws IOException {
        PortOwners owners = new ProcPortOwners(Path.of("/proc"));
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket connection = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            Map<Integer, PortOwner> found = owners.find(Set.of(listener.getLocalPort(), connection.getLocalPort()));
            long pid = ProcessHandle.current().pid();
            assertThat(found.get(listener.getLocalPort())).satisfies(owner -> {
                assertThat(owner.pid()).hasValue(pid);
                assertThat(owner.listening()).isTrue();
                assertThat(owner.command().orElseThrow()).contains("java");
            });
            PortOwner outgoing = found.get(connection.getLocalPort());
            assertThat(outgoing.listening()).isFalse();
            assertThat(outgoing.inWords(Workspace.at(temporary))).startsWith("an outgoing connection of pid " + pid);
        }
    }

    /** What the kernel shows of another user's socket: its user, and no descriptor that leads to it. */
    @Test
    void a_process_that_the_system_hides_is_named_by_its_user() throws IOException {
        Files.createDirectories(temporary.resolve("net"));
        Files.createDirectories(temporary.resolve("4711"));
        Files.writeString(
                temporary.resolve("net/tcp"),
                HEADLINE
                        + "   0: 0100007F:1FC0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1001        0"
                        + " 5550123 1 0000000000000000 100 0 0 10 0\n"
                        + "   1: 0100007F:1FC1 0100007F:A000 06 00000000:00000000 03:00000F2A 00000000     0        0"
                        + " 0 3 0000000000000000\n");

        Map<Integer, PortOwner> found = new ProcPortOwners(temporary).find(Set.of(8128, 8129));

        assertThat(found)
                .isEqualTo(Map.of(
                        8128,
                        new PortOwner(
                                OptionalLong.empty(),
                                OptionalLong.of(1001),
                                Optional.empty(),
                                Optional.empty(),
                                true)));
        assertThat(found.get(8128).inWords(Workspace.at(temporary)))
                .isEqualTo("a process of user 1001, whose pid only that user or root can see");
    }

    /** As Postgres does it: the children inherit the listener, so the pid to name is the parent's. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void of_processes_that_share_a_listener_the_parent_is_named() throws IOException {
        Files.createDirectories(temporary.resolve("net"));
        Files.writeString(
                temporary.resolve("net/tcp6"),
                HEADLINE
                        + "   0: 00000000000000000000000000000000:1FC0 00000000000000000000000000000000:0000 0A"
                        + " 00000000:00000000 00:00000000 00000000     0        0 77 1 0000000000000000 100 0 0 10 0\n");
        process(20, 900, "postgres: checkpointer ");
        process(900, 1, "/opt/pg/bin/postgres\0-D\0/home/me/shop/.tideline/data/81/postgres\0-c\0password=hunter2\0");

        assertThat(new ProcPortOwners(temporary).find(Set.of(8128)))
                .isEqualTo(Map.of(
                        8128,
                        new PortOwner(
                                OptionalLong.of(900),
                                OptionalLong.of(0),
                                Optional.of("/opt/pg/bin/postgres -D /home/me/shop/.tideline/data/81/postgres -c"
                                        + " password=***"),
                                Optional.of(Path.of("/home/me/shop")),
                                true)));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void lsof_names_the_process_where_there_is_no_proc() throws IOException {
        assumeTrue(isInstalled("lsof"), "lsof is not installed");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortOwner owner = new LsofPortOwners("lsof")
                    .find(Set.of(listener.getLocalPort()))
                    .get(listener.getLocalPort());
            assertThat(owner.pid()).hasValue(ProcessHandle.current().pid());
            assertThat(owner.command().orElseThrow()).contains("java");
        }
    }

    @Test
    void without_lsof_nobody_is_named() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new LsofPortOwners(temporary.resolve("no-such-lsof").toString())
                            .find(Set.of(listener.getLocalPort())))
                    .isEmpty();
        }
    }

    private void process(long pid, long parent, String commandLine) throws IOException {
        Path process = Files.createDirectories(temporary.resolve(Long.toString(pid)));
        Files.createSymbolicLink(Files.createDirectory(process.resolve("fd")).resolve("5"), Path.of("socket:[77]"));
        Files.writeString(process.resolve("status"), "Name:\tpostgres\nPPid:\t" + parent + "\n");
        Files.writeString(process.resolve("cmdline"), commandLine);
    }

    private static boolean isInstalled(String program) {
        for (String directory : System.getenv("PATH").split(java.io.File.pathSeparator)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
