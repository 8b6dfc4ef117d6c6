package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What stands outside of the code about ports is what the table gives. */
class WrittenPortsTest {

    private static final PortPrefix USUAL = new PortPrefix(PortPrefix.DEFAULT, "the default");

    @Test
    void the_devcontainer_forwards_the_ports_of_the_table_and_no_others() throws IOException {
        assertThat(devcontainer())
                .contains("\n  \"forwardPorts\": ["
                        + PortTable.standard().services().stream()
                                .map(service -> Integer.toString(USUAL.port(service)))
                                .collect(Collectors.joining(", "))
                        + "],\n");
    }

    @Test
    void the_devcontainer_names_them_and_opens_only_the_launchpad_by_itself() throws IOException {
        assertThat(devcontainer())
                .contains("\n  \"portsAttributes\": {\n"
                        + PortTable.standard().services().stream()
                                .map(service -> String.format(
                                        "    \"%d\": { \"label\": \"%s\", \"protocol\": \"%s\", \"onAutoForward\": \"%s\" }",
                                        USUAL.port(service),
                                        service.name(),
                                        service.isHttp() ? "http" : "tcp",
                                        service.name().equals("launchpad") ? "openBrowserOnce" : "silent"))
                                .collect(Collectors.joining(",\n"))
                        + "\n  },\n");
    }

    @Test
    void the_readme_lists_every_port_and_no_others() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        int begin = readme.indexOf("| port | service |");
        String table = readme.substring(begin, readme.indexOf("\n\n", begin));

        assertThat(table.lines()
                        .filter(line -> line.matches("\\| \\d+ \\|.*"))
                        .map(line -> line.substring(2, line.indexOf(' ', 2))))
                .containsExactlyElementsOf(PortTable.standard().services().stream()
                        .map(service -> Integer.toString(USUAL.port(service)))
                        .toList());
    }

    private static String devcontainer() throws IOException {
        return Files.readString(Path.of("..", ".devcontainer", "devcontainer.json"));
    }
}
