package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixRegistryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");

    @TempDir
    Path temporary;

    private List<Integer> free;
    private PrefixRegistry registry;

    @BeforeEach
    void makeARegistryWithTwoCandidates() {
        free = FreePrefixes.some(2, temporary);
        registry = registry(free, NOW);
    }

    @Test
    void a_workspace_keeps_its_prefix() throws Exception {
        Workspace workspace = workspace("a b");
        int prefix = registry.claim(workspace);
        assertThat(free).contains(prefix);
        assertThat(registry.claim(workspace)).isEqualTo(prefix);
        assertThat(registry(List.of(), NOW).claim(workspace)).isEqualTo(prefix);
        assertThat(registry.list()).containsExactly(new RegisteredWorkspace(prefix, true, NOW, workspace.root()));
    }

    @Test
    void a_workspace_keeps_its_prefix_while_its_services_run_on_it() throws Exception {
        Workspace workspace = workspace("a");
        int prefix = registry.claim(workspace);
        try (ServerSocket service = new ServerSocket(prefix * 100 + 28, 1, InetAddress.getLoopbackAddress())) {
            assertThat(service.isBound()).isTrue();
            assertThat(registry.claim(workspace)).isEqualTo(prefix);
        }
    }

    @Test
    void two_workspaces_get_different_prefixes_and_a_third_is_told_that_none_is_left() throws Exception {
        assertThat(List.of(registry.claim(workspace("a")), registry.claim(workspace("b"))))
                .containsExactlyInAnyOrderElementsOf(free);
        Workspace third = workspace("c");
        assertThatThrownBy(() -> registry.claim(third))
                .isInstanceOf(PortConfigException.class)
                .hasMessage(
                        "No port prefix is free for this workspace: in every block from 1100 to 65499 a port is taken,"
                                + " or another workspace has the prefix. Stop services that are not needed, delete lines of"
                                + " workspaces that need no prefix from " + temporary.resolve("state/workspaces")
                                + ", or choose a prefix yourself (-Dtideline.portPrefix=…).");
    }

    @Test
    void a_block_with_one_taken_port_is_passed_over() throws Exception {
        Workspace workspace = workspace("a");
        int first = PrefixCandidates.only(free).inOrderFor(workspace.root()).get(0);
        try (ServerSocket foreign = new ServerSocket(first * 100 + 77, 1, InetAddress.getLoopbackAddress())) {
            assertThat(foreign.isBound()).isTrue();
            assertThat(registry.claim(workspace)).isNotEqualTo(first).isIn(free);
        }
    }

    @Test
    void a_workspace_that_is_gone_gives_its_prefix_back() throws Exception {
        Workspace gone = workspace("gone");
        registry.claim(gone);
        registry.claim(workspace("b"));
        Files.delete(gone.root());

        assertThat(registry.list()).extracting(RegisteredWorkspace::root).doesNotContain(gone.root());
        assertThat(registry.claim(workspace("c"))).isIn(free);
        assertThat(Files.readString(registry.file())).doesNotContain("/gone");
    }

    @Test
    void a_given_prefix_is_recorded_and_auto_keeps_off_it() throws Exception {
        Workspace given = workspace("given");
        registry.record(given, new PortPrefix(free.get(0), "a test"));
        assertThat(registry.claim(workspace("other"))).isEqualTo(free.get(1));
        assertThat(registry.list())
                .contains(new RegisteredWorkspace(free.get(0), false, NOW, given.root()))
                .hasSize(2);
    }

    @Test
    void recording_an_automatic_prefix_notes_the_time_and_keeps_it_automatic() throws Exception {
        Workspace workspace = workspace("a");
        PortPrefix prefix = new PortPrefix(registry.claim(workspace), "'auto'");
        registry(free, NOW.plusSeconds(60)).record(workspace, prefix);
        assertThat(registry.list())
                .containsExactly(new RegisteredWorkspace(prefix.value(), true, NOW.plusSeconds(60), workspace.root()));
    }

    @Test
    void a_workspace_may_use_several_prefixes_and_release_them_all() throws Exception {
        Workspace workspace = workspace("a");
        registry.record(workspace, new PortPrefix(free.get(0), "a test"));
        registry.record(workspace, new PortPrefix(free.get(1), "a test"));
        registry.record(workspace, new PortPrefix(free.get(1), "a test"));
        assertThat(registry.list()).hasSize(2);
        registry.release(workspace);
        assertThat(registry.list()).isEmpty();
    }

    @Test
    void the_last_user_of_a_prefix_is_another_workspace() throws Exception {
        Workspace mine = workspace("mine");
        Workspace earlier = workspace("earlier");
        Workspace later = workspace("later");
        PortPrefix prefix = new PortPrefix(81, "the default");
        registry.record(earlier, prefix);
        registry(free, NOW.plusSeconds(1)).record(later, prefix);
        registry(free, NOW.plusSeconds(2)).record(mine, prefix);
        assertThat(registry.lastUser(81, mine)).map(RegisteredWorkspace::root).contains(later.root());
        assertThat(registry.lastUser(82, mine)).isEmpty();
    }

    @Test
    void a_suggestion_claims_nothing() throws Exception {
        Workspace workspace = workspace("a");
        OptionalInt suggested = registry.suggest(workspace);
        assertThat(suggested.getAsInt()).isIn(free);
        assertThat(registry.file()).doesNotExist();
        assertThat(registry(List.of(), NOW).suggest(workspace)).isEmpty();
    }

    @Test
    void odd_paths_survive_the_file() throws Exception {
        for (String name : List.of("back\\new line", "new\nline", "ünï cödé 🌊", "trailing ", "a\\\\b\\n")) {
            Workspace odd = workspace(name);
            registry.record(odd, new PortPrefix(200, "a test"));
            assertThat(registry.list()).extracting(RegisteredWorkspace::root).containsExactly(odd.root());
            registry.release(odd);
        }
    }

    @Test
    void the_file_is_made_to_be_read() throws Exception {
        Workspace workspace = workspace("a b");
        registry.record(workspace, new PortPrefix(91, "a test"));
        assertThat(Files.readString(registry.file()))
                .isEqualTo("# Which workspace uses which port prefix: prefix, how it was chosen, when, the workspace's"
                        + " root.\n91 given 2026-11-22T19:00:00Z " + workspace.root() + "\n");
    }

    @Test
    void lines_that_it_does_not_understand_are_kept() throws Exception {
        Files.createDirectories(registry.file().getParent());
        Files.writeString(registry.file(), "91 leased until tomorrow\n92 auto yesterday /tmp\n");
        registry.record(workspace("a"), new PortPrefix(91, "a test"));
        assertThat(Files.readAllLines(registry.file()))
                .contains("91 leased until tomorrow", "92 auto yesterday /tmp")
                .hasSize(4);
    }

    @Test
    void a_registry_that_cannot_be_written_says_what_to_do() throws Exception {
        Path state = Files.writeString(temporary.resolve("state"), "a file where a directory should be");
        Workspace workspace = workspace("a");
        assertThatThrownBy(() -> registry.claim(workspace))
                .isInstanceOf(PortConfigException.class)
                .hasMessageMatching("Cannot (read|write) the registry of workspaces \\Q" + state + "/workspaces\\E"
                        + " \\(java\\.nio\\.file\\.[^)]+\\)\\. Make its directory writable, or set XDG_STATE_HOME to another"
                        + " one\\.( A prefix that you choose yourself needs no registry"
                        + " \\(-Dtideline\\.portPrefix=11 to 654\\)\\.)?");
    }

    @Test
    void a_given_prefix_needs_no_registry() throws Exception {
        Path state = Files.writeString(temporary.resolve("state"), "a file where a directory should be");
        assertThat(registry.record(workspace("a"), new PortPrefix(91, "a test")))
                .get()
                .asString()
                .startsWith("Other workspaces do not learn that this one uses prefix 91: Cannot write the registry of"
                        + " workspaces " + state + "/workspaces (");
    }

    @Test
    void a_user_without_a_home_has_no_automatic_prefix_and_is_told_why() throws Exception {
        PrefixRegistry none = PrefixRegistry.in(Optional.empty());
        Workspace workspace = workspace("a");
        assertThat(none.list()).isEmpty();
        assertThatThrownBy(() -> none.claim(workspace))
                .hasMessage("There is no place for the registry of workspaces, because this user has no home directory."
                        + " Set HOME or XDG_STATE_HOME to a folder that this user may write to. A prefix that you choose"
                        + " yourself needs no registry (-Dtideline.portPrefix=11 to 654).");
    }

    @Test
    void its_place_follows_the_property_and_then_the_users_folders() {
        UserFolders folders = new UserFolders(Map.of("XDG_STATE_HOME", "/xdg"), "/home/me", "Linux");
        assertThat(PrefixRegistry.directory("/given", folders)).contains(Path.of("/given"));
        assertThat(PrefixRegistry.directory(" ", folders)).contains(Path.of("/xdg/tideline"));
        assertThat(PrefixRegistry.directory(null, folders)).contains(Path.of("/xdg/tideline"));
    }

    private PrefixRegistry registry(List<Integer> candidates, Instant now) {
        return new PrefixRegistry(
                temporary.resolve("state"), PrefixCandidates.only(candidates), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Workspace workspace(String name) throws Exception {
        return Workspace.at(
                Files.createDirectories(temporary.resolve("workspaces").resolve(name)));
    }
}
