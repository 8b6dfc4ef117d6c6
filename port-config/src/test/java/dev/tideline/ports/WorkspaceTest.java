package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    Path temporary;

    private Path top;

    @BeforeEach
    void makeACheckoutWithAModule() throws IOException {
        top = Files.createDirectories(temporary.toRealPath().resolve("a checkout"));
        Files.createDirectories(top.resolve("parent/module"));
        for (String pom : new String[] {"pom.xml", "parent/pom.xml", "parent/module/pom.xml"}) {
            Files.writeString(top.resolve(pom), "<project/>");
        }
    }

    @Test
    void a_module_finds_the_clones_root() throws IOException {
        Files.createDirectory(top.resolve(".git"));
        assertThat(rootOf("parent/module")).isEqualTo(top);
    }

    @Test
    void a_module_finds_mavens_multi_module_directory() throws IOException {
        Files.createDirectory(top.resolve(".mvn"));
        assertThat(rootOf("parent/module")).isEqualTo(top);
    }

    @Test
    void a_module_finds_the_directory_in_which_tideline_ran() throws IOException {
        Files.createDirectory(top.resolve(".tideline"));
        assertThat(rootOf("parent/module")).isEqualTo(top);
    }

    @Test
    void what_tideline_keeps_for_the_user_in_the_home_marks_no_workspace() throws IOException {
        Files.createDirectory(top.resolve(".tideline"));
        Path project = Files.createDirectory(top.resolve("project"));
        assertThat(WorkspaceRoot.of(project, Optional.of(top))).isEqualTo(project);
        assertThat(WorkspaceRoot.of(project, Optional.of(temporary))).isEqualTo(top);
        Files.createDirectory(top.resolve(".mvn"));
        assertThat(WorkspaceRoot.of(project, Optional.of(top))).isEqualTo(top);
    }

    @Test
    void a_worktree_inside_its_main_checkout_is_a_workspace_of_its_own() throws IOException {
        Files.createDirectory(top.resolve(".git"));
        Files.createDirectory(top.resolve(".tideline"));
        gitFile(top.resolve("parent"), "gitdir: " + top + "/.git/worktrees/parent\n");
        assertThat(rootOf("parent/module")).isEqualTo(top.resolve("parent"));
    }

    @Test
    void a_submodule_belongs_to_the_checkout_around_it() throws IOException {
        Files.createDirectory(top.resolve(".git"));
        gitFile(top.resolve("parent"), "gitdir: ../.git/modules/parent\n");
        assertThat(rootOf("parent/module")).isEqualTo(top);
    }

    @Test
    void a_worktree_of_a_submodule_is_a_workspace_of_its_own() throws IOException {
        Files.createDirectory(top.resolve(".git"));
        gitFile(top.resolve("parent"), "gitdir: /elsewhere/.git/modules/parent/worktrees/copy\n");
        assertThat(rootOf("parent/module")).isEqualTo(top.resolve("parent"));
    }

    @Test
    void a_nested_project_with_mvn_of_its_own_is_a_workspace_of_its_own() throws IOException {
        Files.createDirectory(top.resolve(".git"));
        Files.createDirectory(top.resolve("parent/.mvn"));
        assertThat(rootOf("parent/module")).isEqualTo(top.resolve("parent"));
    }

    @Test
    void without_any_marker_it_is_the_outermost_of_the_poms() {
        assertThat(WorkspaceRoot.of(top.resolve("parent/module"))).isEqualTo(top);
    }

    @Test
    void without_marker_and_pom_it_is_the_directory_itself() throws IOException {
        Path plain = Files.createDirectory(top.resolve("parent/plain"));
        assertThat(WorkspaceRoot.of(plain)).isEqualTo(plain);
    }

    @Test
    void a_symbolic_link_leads_to_the_same_workspace() throws IOException {
        Files.createDirectory(top.resolve(".git"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), top);
        assertThat(Workspace.locate(link.resolve("parent/module"))).isEqualTo(Workspace.at(top));
    }

    @Test
    void a_directory_that_does_not_exist_is_refused() {
        Path missing = top.resolve("missing");
        assertThatThrownBy(() -> Workspace.locate(missing))
                .isInstanceOf(PortConfigException.class)
                .hasMessage("There is no directory " + missing + " to take as a workspace: give the top directory of a"
                        + " checkout, or one inside it.");
    }

    @Test
    void a_file_is_no_workspace() {
        Path pom = top.resolve("pom.xml");
        assertThatThrownBy(() -> Workspace.at(pom))
                .hasMessage("There is no directory " + pom + " to take as a workspace: give the top directory of a"
                        + " checkout, or one inside it.");
    }

    @Test
    void the_plugins_prefix_is_remembered_and_forgotten() {
        Workspace workspace = Workspace.at(top);
        workspace.rememberPluginPrefix(" 91 ");
        assertThat(PrefixInputs.ofProcess(workspace).pluginParameter()).isEqualTo("91\n");
        workspace.rememberPluginPrefix(null);
        assertThat(PrefixInputs.ofProcess(workspace).pluginParameter()).isNull();
        workspace.rememberPluginPrefix("");
        assertThat(workspace.pluginPrefixFile()).doesNotExist();
    }

    private Path rootOf(String directory) {
        return Workspace.locate(top.resolve(directory)).root();
    }

    private static void gitFile(Path directory, String text) throws IOException {
        Files.writeString(directory.resolve(".git"), text);
    }
}
