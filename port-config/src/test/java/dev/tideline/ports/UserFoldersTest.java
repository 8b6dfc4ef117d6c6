package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {

    @Test
    void home_is_the_variable_before_the_user_database() {
        assertThat(linux(Map.of("HOME", "/home/other")).home()).contains(Path.of("/home/other"));
        assertThat(linux(Map.of()).home()).contains(Path.of("/home/me"));
    }

    @Test
    void a_user_without_a_home_has_no_folder_that_is_called_by_a_question_mark() {
        UserFolders nobody = new UserFolders(Map.of(), "?", "Linux");
        assertThat(nobody.home()).isEmpty();
        assertThat(nobody.state()).isEmpty();
        assertThat(nobody.cache()).isEmpty();
    }

    @Test
    void xdg_comes_before_home_unless_it_is_relative() {
        Map<String, String> xdg = Map.of("XDG_STATE_HOME", "/xdg/state", "XDG_CACHE_HOME", "/xdg/cache");
        assertThat(linux(xdg).state()).contains(Path.of("/xdg/state/tideline"));
        assertThat(linux(xdg).cache()).contains(Path.of("/xdg/cache/tideline"));
        Map<String, String> relative = Map.of("XDG_STATE_HOME", "state", "XDG_CACHE_HOME", " ");
        assertThat(linux(relative).state()).contains(Path.of("/home/me/.local/state/tideline"));
        assertThat(linux(relative).cache()).contains(Path.of("/home/me/.cache/tideline"));
    }

    @Test
    void a_mac_has_its_own_place_for_caches() {
        assertThat(new UserFolders(Map.of("XDG_CACHE_HOME", "/xdg"), "/Users/me", "Mac OS X").cache())
                .contains(Path.of("/Users/me/Library/Caches/tideline"));
    }

    private static UserFolders linux(Map<String, String> environment) {
        return new UserFolders(environment, "/home/me", "Linux");
    }
}
