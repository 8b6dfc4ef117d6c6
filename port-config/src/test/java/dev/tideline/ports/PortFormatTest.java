package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PortFormatTest {
    @TempDir
    Path temporary;

    private WorkspacePorts ports;

    @BeforeEach
    void makeTwoPorts() {
        ports = new WorkspacePorts(
                new Workspace(Path.of("/home/me/shop")),
                new PortPrefix(91, "the environment variable TIDELINE_PORT_PREFIX"),
                new PortTable(List.of(
                        new ServicePort(5, "mailbox", ServicePort.Kind.PAGE, "mailbox \"page\""),
                        new ServicePort(32, "external-postgres", ServicePort.Kind.TCP, "external Postgres"))));
    }

    @Test
    void table() {
        assertThat(ports.render(PortFormat.of("table"))).isEqualTo("""
                        Ports of /home/me/shop, prefix 91 from the environment variable TIDELINE_PORT_PREFIX
                          9105   mailbox            mailbox "page"  http://127.0.0.1:9105
                          9132   external-postgres  external Postgres
                        """);
    }

    @Test
    void env() {
        assertThat(ports.render(PortFormat.of("env"))).isEqualTo("""
                        export TIDELINE_PORT_MAILBOX=9105
                        export TIDELINE_PORT_EXTERNAL_POSTGRES=9132
                        """);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void env_can_be_sourced_by_a_shell() throws Exception {
        Path file = Files.writeString(temporary.resolve("ports.env"), ports.render(PortFormat.ENV));
        Process shell =
                new ProcessBuilder("sh", "-c", ". \"$1\"; env | grep TIDELINE_PORT_M", "sh", file.toString()).start();
        assertThat(new String(shell.getInputStream().readAllBytes())).contains("TIDELINE_PORT_MAILBOX=9105\n");
    }

    @Test
    void properties() throws Exception {
        String text = ports.render(PortFormat.of("properties"));
        assertThat(text).isEqualTo("""
                        tideline.port.mailbox=9105
                        tideline.port.external-postgres=9132
                        """);
        Properties read = new Properties();
        read.load(new StringReader(text));
        assertThat(read)
                .containsEntry("tideline.port.external-postgres", "9132")
                .hasSize(2);
    }

    @Test
    void json() {
        assertThat(ports.render(PortFormat.of("json"))).isEqualTo("""
                        {
                          "workspace": "/home/me/shop",
                          "prefix": 91,
                          "origin": "the environment variable TIDELINE_PORT_PREFIX",
                          "services": [
                            {"name": "mailbox", "port": 9105, "url": "http://127.0.0.1:9105", "page": true, "service": "mailbox \\"page\\""},
                            {"name": "external-postgres", "port": 9132, "url": null, "page": false, "service": "external Postgres"}
                          ]
                        }
                        """);
    }

    @Test
    void json_strings_are_escaped() {
        assertThat(JsonText.string("a\"b\\c\n\t\u0001\u007f/ü🌊"))
                .isEqualTo("\"a\\\"b\\\\c\\u000a\\u0009\\u0001\\u007f/ü🌊\"");
        assertThat(JsonText.string("\ud83c")).isEqualTo("\"\\ud83c\"");
    }

    @Test
    void an_unknown_format_is_refused() {
        assertThatThrownBy(() -> PortFormat.of("yaml"))
                .isInstanceOf(PortConfigException.class)
                .hasMessage("There is no format 'yaml' for the ports. Give one of: table, env, properties, json.");
    }

    @Test
    void ports_and_urls_are_found_by_name() {
        assertThat(ports.port("external-postgres")).isEqualTo(9132);
        assertThat(ports.url("mailbox")).isEqualTo("http://127.0.0.1:9105");
        assertThat(ports.byName()).containsExactlyEntriesOf(orderedPorts());
        assertThatThrownBy(() -> ports.url("external-postgres"))
                .hasMessage("Service 'external-postgres' does not speak HTTP, so it has no URL. Its port is 9132.");
    }

    private static Map<String, Integer> orderedPorts() {
        Map<String, Integer> expected = new java.util.LinkedHashMap<>();
        expected.put("mailbox", 9105);
        expected.put("external-postgres", 9132);
        return expected;
    }
}
