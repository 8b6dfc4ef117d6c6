package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code docs/ports.md} against the code. */
class PortsPageTest {
    private static final PortPrefix DEFAULT = new PortPrefix(PortPrefix.DEFAULT, "the default");

    private List<String> page;

    @BeforeEach
    void readThePage() throws IOException {
        // Surefire runs in the module's directory, an IDE often in the checkout's.
        Path module = Path.of("port-config");
        page = Files.readAllLines((Files.isDirectory(module) ? Path.of("") : Path.of("..")).resolve("docs/ports.md"));
    }

    @Test
    void its_table_is_the_port_table() {
        int head = page.indexOf("| suffix | name | service | default |");
        assertThat(page.subList(head + 2, head + page.subList(head, page.size()).indexOf("")))
                .isEqualTo(PortTable.standard().services().stream()
                        .map(service -> "| " + service.suffixText() + " | " + service.name() + " | "
                                + service.description() + " | " + DEFAULT.port(service) + " |")
                        .toList());
    }

    @Test
    void its_order_of_prefixes_is_the_resolvers(@TempDir Path temporary) throws IOException {
        Workspace workspace = Workspace.at(temporary);
        PrefixResolver resolver = new PrefixResolver(PrefixRegistry.at(temporary.resolve("state")));
        Files.createDirectories(workspace.stateDirectory());
        Files.writeString(workspace.prefixFile(), "204");
        String root = workspace.root() + "/";
        List<String> origins = List.of(
                resolver.resolve(workspace, new PrefixInputs("201", "202", "203"))
                        .origin(),
                resolver.resolve(workspace, new PrefixInputs("", "202", "203")).origin(),
                resolver.resolve(workspace, new PrefixInputs("", "", "203")).origin(),
                resolver.resolve(workspace, new PrefixInputs("", "", ""))
                        .origin()
                        .replace(root, ""));
        List<String> listed =
                page.stream().filter(line -> line.matches("[1-5]\\. .*")).toList();

        assertThat(origins)
                .containsExactly(
                        "-Dtideline.portPrefix",
                        "<portPrefix> of sync-maven-plugin",
                        "the environment variable TIDELINE_PORT_PREFIX",
                        ".tideline/port-prefix");
        assertThat(listed).hasSize(5);
        assertThat(listed.get(0)).startsWith("1. `-Dtideline.portPrefix=");
        assertThat(listed.get(1)).startsWith("2. `<portPrefix>").endsWith(" of sync-maven-plugin");
        assertThat(listed.get(2)).isEqualTo("3. the environment variable `TIDELINE_PORT_PREFIX`");
        assertThat(listed.get(3)).startsWith("4. the file `.tideline/port-prefix` in the workspace");
        assertThat(listed.get(4)).isEqualTo("5. `81`");
    }

    @Test
    void its_messages_are_the_real_ones(@TempDir Path proc) throws IOException {
        Files.writeString(proc.resolve("ip_local_port_range"), "32768 60999");
        assertThat(page)
                .contains(catchThrowable(() -> PortPrefix.parse("abc", "-Dtideline.portPrefix"))
                        .getMessage())
                .contains(EphemeralRange.read(proc)
                        .warning(new PortPrefix(400, "-Dtideline.portPrefix"))
                        .orElseThrow());
        PortOwner owner = new PortOwner(
                OptionalLong.of(4711),
                OptionalLong.of(1000),
                CommandText.of(List.of("python3", "-m", "http.server", "8128")),
                Optional.empty(),
                true);
        ServicePort postgres = PortTable.standard().service("postgres");
        assertThat(String.join("\n", page))
                .contains(CollisionCheck.message(
                        Workspace.at(proc),
                        DEFAULT,
                        List.of(new PortCollision(postgres, DEFAULT.port(postgres), Optional.of(owner))),
                        Optional.empty(),
                        OptionalInt.of(231)));
    }

    @Test
    void its_sample_lines_are_printed() {
        WorkspacePorts ports =
                new WorkspacePorts(new Workspace(Path.of("/home/me/shop")), DEFAULT, PortTable.standard());
        for (PortFormat format : PortFormat.values()) {
            String row = page.stream()
                    .filter(line -> line.startsWith("| `" + format.name().toLowerCase(Locale.ROOT) + "` |"))
                    .findFirst()
                    .orElseThrow();
            String sample = row.substring(row.lastIndexOf(" | `") + 4, row.lastIndexOf("` |"));
            assertThat(ports.render(format)).contains(sample);
        }
    }
}
