package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CollisionCheckTest {
    @TempDir
    Path temporary;

    private Workspace workspace;
    private int offered;
    private PrefixRegistry registry;
    private CollisionCheck check;

    @BeforeEach
    void makeAWorkspaceAndOneFreePrefix() throws IOException {
        workspace = workspace("mine");
        offered = FreePrefixes.some(1, temporary).get(0);
        registry = new PrefixRegistry(
                temporary.resolve("state"), PrefixCandidates.only(List.of(offered)), Clock.systemUTC());
        check = new CollisionCheck(registry);
    }

    @Test
    void free_ports_pass() {
        PortPrefix prefix = new PortPrefix(offered, "a test");
        assertThat(check.find(prefix, PortTable.standard().services())).isEmpty();
        assertThatCode(() -> check.requireFree(
                        workspace, prefix, PortTable.standard().services()))
                .doesNotThrowAnyException();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_foreign_process_is_named_with_service_port_pid_and_command_and_a_free_prefix_is_offered() throws Exception {
        try (ForkedJvm foreign = new ForkedJvm(temporary, Map.of(), ListeningMain.class)) {
            int port = Integer.parseInt(foreign.line());
            PortPrefix prefix = new PortPrefix(port / 100, "the default");

            assertThatThrownBy(() -> check.requireFree(workspace, prefix, List.of(service("postgres", port))))
                    .isInstanceOf(PortsTakenException.class)
                    .hasMessage("Nothing was started, because a port is taken:\n"
                            + "  postgres needs port " + port + ", which is taken by pid " + foreign.pid()
                            + ", command: " + CommandText.of(foreign.command()).orElseThrow() + "\n"
                            + "Prefix " + prefix.value() + " comes from the default. End what holds the port, or choose"
                            + " another prefix: " + offered + " is free (-Dtideline.portPrefix=" + offered + ").");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_service_of_another_workspace_is_named_with_its_workspace() throws Exception {
        Workspace other = workspace("other one");
        try (ForkedJvm service = new ForkedJvm(
                temporary, Map.of("TIDELINE_WORKSPACE", other.root().toString()), ListeningMain.class)) {
            int port = Integer.parseInt(service.line());
            assertThat(messageFor(port))
                    .contains("is taken by pid " + service.pid() + " of workspace " + other.root() + ", command: ");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_process_in_a_workspaces_state_directory_is_that_workspaces() throws Exception {
        Path data = Files.createDirectories(workspace.stateDirectory().resolve("data/81/postgres"));
        try (ForkedJvm service = new ForkedJvm(data, Map.of(), ListeningMain.class)) {
            int port = Integer.parseInt(service.line());
            assertThat(messageFor(port)).contains("is taken by pid " + service.pid() + " of this workspace, command: ");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void all_taken_ports_are_named_at_once_and_free_ones_are_not() throws Exception {
        PortPrefix prefix = new PortPrefix(offered, "a test");
        long pid = ProcessHandle.current().pid();
        try (ServerSocket smtp = listen(prefix, "smtp");
                ServerSocket postgres = listen(prefix, "postgres")) {
            List<PortCollision> found = check.find(prefix, PortTable.standard().services());
            assertThat(found)
                    .extracting(PortCollision::port)
                    .containsExactly(postgres.getLocalPort(), smtp.getLocalPort());
            assertThat(found)
                    .allSatisfy(collision ->
                            assertThat(collision.owner().orElseThrow().pid()).hasValue(pid));
            assertThatThrownBy(() -> check.requireFree(
                            workspace, prefix, PortTable.standard().services()))
                    .hasMessageMatching("(?s)Nothing was started, because 2 ports are taken:\n"
                            + "  postgres needs port " + postgres.getLocalPort() + ", which is taken by pid " + pid
                            + ".*\n  smtp needs port " + smtp.getLocalPort() + ", which is taken by pid " + pid + ".*\n"
                            + "Prefix " + offered + " comes from a test\\. End what holds the ports, or choose another"
                            + " prefix \\(-Dtideline\\.portPrefix=…\\)\\.");
        }
    }

    @Test
    void where_nothing_is_known_of_the_process_the_registry_may_know_the_workspace() throws Exception {
        Workspace other = workspace("other");
        CollisionCheck blind = new CollisionCheck(registry, ports -> Map.of());
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = listener.getLocalPort();
            PortPrefix prefix = new PortPrefix(port / 100, "the default");
            registry.record(other, prefix);
            assertThatThrownBy(() -> blind.requireFree(workspace, prefix, List.of(service("postgres", port))))
                    .hasMessage("Nothing was started, because a port is taken:\n"
                            + "  postgres needs port " + port
                            + ", which is taken by a process that cannot be identified"
                            + " on this system\n"
                            + "Prefix " + prefix.value() + " comes from the default; workspace " + other.root()
                            + " has used it too. End what holds the port, or choose another prefix: " + offered
                            + " is free (-Dtideline.portPrefix=" + offered + ").");
        }
    }

    @Test
    void a_broken_registry_does_not_hide_the_collision() throws Exception {
        Files.writeString(temporary.resolve("state"), "a file where a directory should be");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = listener.getLocalPort();
            assertThat(messageFor(port)).contains("postgres needs port " + port + ", which is taken by ");
        }
    }

    private String messageFor(int port) {
        try {
            check.requireFree(workspace, new PortPrefix(port / 100, "the default"), List.of(service("postgres", port)));
            throw new AssertionError("port " + port + " was taken to be free");
        } catch (PortsTakenException e) {
            return e.getMessage();
        }
    }

    private static ServicePort service(String name, int port) {
        return new ServicePort(port % 100, name, ServicePort.Kind.TCP, "Postgres (source)");
    }

    private static ServerSocket listen(PortPrefix prefix, String service) throws IOException {
        int port = prefix.port(PortTable.standard().service(service));
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    private Workspace workspace(String name) throws IOException {
        return Workspace.at(Files.createDirectories(temporary.resolve(name)));
    }
}
