package dev.tideline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.ports.PortTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    private Path folder;

    @Test
    void knows_where_its_services_are() throws IOException {
        Files.createDirectories(folder.resolve(".tideline"));
        Files.writeString(folder.resolve(".tideline/port-prefix"), "323");
        var ports = dev.tideline.ports.Workspace.at(folder).ports();
        String prefix = ports.prefix().value() + "";
        Workspace workspace = Workspace.of(ports);

        assertThat(workspace.port("smtp")).isEqualTo(Integer.parseInt(prefix + "29"));
        assertThat(workspace.mail())
                .isEqualTo(new MailServer(
                        URI.create("http://127.0.0.1:" + prefix + "05"), "127.0.0.1", workspace.port("smtp")));
        assertThat(workspace.tracesUrl()).hasToString("http://127.0.0.1:" + prefix + "07");
        assertThat(workspace.otlpUrl()).hasToString("http://127.0.0.1:" + prefix + "31");
        assertThat(workspace.adminUrl()).hasToString("http://127.0.0.1:" + prefix + "01");
        assertThat(workspace.url("directory")).hasToString("http://127.0.0.1:" + prefix + "02");
        assertThat(workspace.postgresUrl("external-postgres"))
                .isEqualTo("postgres://postgres:postgres@127.0.0.1:" + prefix + "32/postgres");
        assertThat(workspace.jdbcUrl("postgres"))
                .isEqualTo("jdbc:postgresql://127.0.0.1:" + prefix + "28/postgres?user=postgres&password=postgres");
        assertThat(workspace.logs()).isEqualTo(folder.toRealPath().resolve(".tideline/" + prefix + "/logs"));
        assertThat(workspace).hasToString(folder.toRealPath() + " (ports " + prefix + "00 to " + prefix + "99)");
    }

    @Test
    void says_what_it_does_not_have() {
        Workspace workspace = Workspace.current();

        assertThatThrownBy(() -> workspace.port("smpt"))
                .isInstanceOf(dev.tideline.ports.PortConfigException.class)
                .hasMessage("There is no service 'smpt' in the port table. The services are: "
                        + String.join(
                                ", ",
                                PortTable.standard().services().stream()
                                        .map(service -> service.name())
                                        .toList())
                        + ".");
    }
}
