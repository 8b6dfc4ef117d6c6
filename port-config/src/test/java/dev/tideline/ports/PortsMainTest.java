package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsMainTest {
    @TempDir
    Path temporary;

    @Test
    void prints_the_ports_of_the_workspace_around_the_working_directory() throws Exception {
        Files.createDirectories(temporary.resolve(".git"));
        Files.createDirectories(temporary.resolve(".tideline"));
        Files.writeString(temporary.resolve(".tideline/port-prefix"), "91\n");
        Path module = Files.createDirectories(temporary.resolve("a module"));
        try (ForkedJvm ports = new ForkedJvm(module, Map.of(), PortsMain.class, "env")) {
            assertThat(ports.rest()).startsWith("export TIDELINE_PORT_LAUNCHPAD=9100\n");
            assertThat(ports.exitCode()).isZero();
        }
    }

    @Test
    void a_bad_prefix_is_bad_usage() throws Exception {
        Files.createDirectories(temporary.resolve(".tideline"));
        try (ForkedJvm ports = new ForkedJvm(temporary, Map.of("TIDELINE_PORT_PREFIX", "655"), PortsMain.class)) {
            assertThat(ports.rest())
                    .isEqualTo(
                            "Port prefix '655' from the environment variable TIDELINE_PORT_PREFIX is not valid: give a"
                                    + " whole number from 11 to 654, or 'auto' for a free one of this workspace.\n");
            assertThat(ports.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void two_formats_are_bad_usage() throws Exception {
        try (ForkedJvm ports = new ForkedJvm(temporary, Map.of(), PortsMain.class, "env", "json")) {
            assertThat(ports.rest()).isEqualTo("Give at most one format: table, env, properties, json.\n");
            assertThat(ports.exitCode()).isEqualTo(2);
        }
    }
}
