package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtraPortsTest {

    @TempDir
    Path folder;

    @Test
    void take_their_place_in_the_block_after_the_table() {
        PortTable table = ExtraPorts.table(ExtraPorts.of(Map.of("shop", "40", "admin-ui", "09")));

        assertThat(table.services()).hasSize(PortTable.standard().services().size() + 2);
        assertThat(new PortPrefix(81, "the test").port(table.service("shop"))).isEqualTo(8140);
        assertThat(new PortPrefix(81, "the test").port(table.service("admin-ui")))
                .isEqualTo(8109);
        assertThat(table.service("shop").property()).isEqualTo("tideline.port.shop");
    }

    @Test
    void may_not_take_what_the_table_has() {
        assertRefused(
                Map.of("shop", "28"),
                "The extra port 'shop' has the suffix 28, which the port table gives to postgres. Free are 40, 41, 42.");
        assertRefused(
                Map.of("smtp", "40"),
                "The extra port 'smtp' has the name of a service of the port table (29, SMTP). Give it another name.");
    }

    @Test
    void leave_the_mail_servers_ports_with_tls_free() {
        assertRefused(
                Map.of("shop", "65"),
                "The extra port 'shop' has the suffix 65, which the mail server uses for SMTP over TLS. Free are 40, 41,"
                        + " 42.");
        List<String> asManyAsThereAre =
                IntStream.range(0, 38).mapToObj(i -> "service-" + i).toList();
        assertThat(ExtraPorts.withPlacesFor(asManyAsThereAre, Workspace.at(folder), List.of()))
                .hasSize(38)
                .extracting(ServicePort::suffix)
                .doesNotContain(65, 95);
    }

    @Test
    void are_refused_where_name_or_suffix_is_none() {
        assertRefused(
                Map.of("shop", "8140"),
                "The extra port 'shop' has the suffix '8140'. Give two digits that are free, for example 40, 41, 42.");
        assertRefused(
                Map.of("My Shop", "40"),
                "The extra port 'My Shop' needs a name of lower-case words joined by hyphens, such as web-shop.");
        assertRefused(
                new TreeMap<>(Map.of("shop", "40", "till", "40")),
                "The extra ports 'shop' and 'till' both have the suffix 40. Give one of them another; free are 40, 41,"
                        + " 42.");
    }

    @Test
    void are_found_by_a_program_of_the_workspace_once_they_are_remembered() {
        Workspace workspace = Workspace.at(folder);
        ExtraPorts.remember(workspace, ExtraPorts.of(Map.of("shop", "40")));

        assertThat(ExtraPorts.of(workspace)).isEqualTo(ExtraPorts.of(Map.of("shop", "40")));
        assertThat(workspace.ports().table().service("shop").suffix()).isEqualTo(40);

        ExtraPorts.forget(workspace);
        assertThat(ExtraPorts.of(workspace)).isEmpty();
    }

    @Test
    void of_several_modules_are_all_kept_and_a_changed_one_replaces_what_it_was() {
        Workspace workspace = Workspace.at(folder);
        ExtraPorts.remember(workspace, ExtraPorts.of(Map.of("shop", "40")));
        ExtraPorts.remember(workspace, ExtraPorts.of(Map.of("till", "41")));
        ExtraPorts.remember(workspace, ExtraPorts.of(Map.of("shop", "50", "depot", "41")));

        assertThat(ExtraPorts.of(workspace)).isEqualTo(ExtraPorts.of(Map.of("shop", "50", "depot", "41")));
    }

    @Test
    void that_a_newer_table_has_taken_or_that_are_damaged_are_left_out() throws Exception {
        Workspace workspace = Workspace.at(folder);
        Files.createDirectories(workspace.stateDirectory());
        Files.writeString(
                workspace.stateDirectory().resolve("extra-ports"), "28 shop\n40 postgres\nnonsense\n41 till\n");

        assertThat(ExtraPorts.of(workspace)).isEqualTo(ExtraPorts.of(Map.of("till", "41")));
    }

    @Test
    void nothing_is_written_where_there_are_none() {
        ExtraPorts.remember(Workspace.at(folder), List.of());

        assertThat(folder).isEmptyDirectory();
    }

    private static void assertRefused(Map<String, String> given, String message) {
        assertThatThrownBy(() -> ExtraPorts.of(given))
                .isInstanceOf(PortConfigException.class)
                .hasMessage(message);
    }
}
