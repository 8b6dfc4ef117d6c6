package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixResolverTest {
    @TempDir
    Path temporary;

    private Workspace workspace;
    private PrefixRegistry registry;
    private PrefixResolver resolver;

    @BeforeEach
    void makeAWorkspace() throws Exception {
        workspace = Workspace.at(Files.createDirectories(temporary.resolve("my workspace/.tideline"))
                .getParent());
        registry = PrefixRegistry.at(temporary.resolve("state"));
        resolver = new PrefixResolver(registry);
    }

    @Test
    void the_user_property_beats_everything() throws Exception {
        fixInFile("204");
        assertThat(resolve("201", "202", "203")).isEqualTo(new PortPrefix(201, "-Dtideline.portPrefix"));
    }

    @Test
    void then_comes_the_plugins_parameter() throws Exception {
        fixInFile("204");
        assertThat(resolve(null, "202", "203")).isEqualTo(new PortPrefix(202, "<portPrefix> of sync-maven-plugin"));
    }

    @Test
    void then_comes_the_environment() throws Exception {
        fixInFile("204");
        assertThat(resolve(null, null, "203"))
                .isEqualTo(new PortPrefix(203, "the environment variable TIDELINE_PORT_PREFIX"));
    }

    @Test
    void then_comes_the_workspaces_file() throws Exception {
        fixInFile("204\n");
        assertThat(resolve(null, null, null))
                .isEqualTo(new PortPrefix(204, workspace.root() + "/.tideline/port-prefix"));
    }

    @Test
    void and_at_last_the_default() {
        assertThat(resolve(null, null, null)).isEqualTo(new PortPrefix(81, "the default"));
    }

    @Test
    void empty_means_unset_everywhere() throws Exception {
        fixInFile(" \n");
        assertThat(resolve("", " ", "\t")).isEqualTo(new PortPrefix(81, "the default"));
    }

    @Test
    void only_the_value_that_decides_is_checked() {
        assertThat(resolve("91", "rubbish", "9").value()).isEqualTo(91);
    }

    @Test
    void a_bad_value_does_not_fall_through_to_the_next_source() throws Exception {
        fixInFile("655");
        assertThatThrownBy(() -> resolve(null, null, null))
                .isInstanceOf(InvalidPrefixException.class)
                .hasMessage("Port prefix '655' from " + workspace.root() + "/.tideline/port-prefix is not valid: give a"
                        + " whole number from 11 to 654, or 'auto' for a free one of this workspace.");
        assertThatThrownBy(() -> resolve(null, "9", "91"))
                .hasMessage("Port prefix '9' from <portPrefix> of sync-maven-plugin is not valid: give a whole number"
                        + " from 11 to 654, or 'auto' for a free one of this workspace.");
        assertThatThrownBy(() -> resolve(null, null, "abc"))
                .hasMessage("Port prefix 'abc' from the environment variable TIDELINE_PORT_PREFIX is not valid: give a"
                        + " whole number from 11 to 654, or 'auto' for a free one of this workspace.");
    }

    @Test
    void a_prefix_file_that_is_a_directory_is_named() throws Exception {
        Files.createDirectories(workspace.prefixFile());
        assertThatThrownBy(() -> resolve(null, null, null))
                .isInstanceOf(PortConfigException.class)
                .hasMessage("Cannot read the port prefix from " + workspace.prefixFile()
                        + " (java.io.IOException: Is a directory). Make it a readable text file with one number, or"
                        + " delete it.");
    }

    @Test
    void auto_takes_a_free_prefix_and_the_same_next_time_whoever_says_it() throws Exception {
        PortPrefix first = resolve("auto", null, null);
        fixInFile("auto\n");

        assertThat(first.origin()).isEqualTo("'auto' in -Dtideline.portPrefix");
        assertThat(resolve(null, null, null))
                .isEqualTo(new PortPrefix(first.value(), "'auto' in " + workspace.prefixFile()));
        assertThat(registry.list()).extracting(RegisteredWorkspace::prefix).containsExactly(first.value());
    }

    @Test
    void a_given_prefix_is_not_written_anywhere() {
        resolve("91", null, null);
        assertThat(registry.file()).doesNotExist();
    }

    @Test
    void a_value_among_the_projects_properties_does_not_beat_the_command_line() {
        Properties user = new Properties();
        user.setProperty("tideline.portPrefix", "201");
        PrefixInputs inputs = PrefixInputs.of(user, "202", Map.of("TIDELINE_PORT_PREFIX", "203"));
        assertThat(inputs).isEqualTo(new PrefixInputs("201", "202", "203"));
    }

    private PortPrefix resolve(String userProperty, String pluginParameter, String environment) {
        return resolver.resolve(workspace, new PrefixInputs(userProperty, pluginParameter, environment));
    }

    private void fixInFile(String text) throws Exception {
        Files.writeString(workspace.prefixFile(), text);
    }
}
