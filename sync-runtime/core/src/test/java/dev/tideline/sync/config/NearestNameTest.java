package dev.tideline.sync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    @Test
    void a_hint_names_the_nearest_name_or_lists_them_as_a_sentence() {
        assertThat(NearestName.hint("user", List.of("teams", "users"))).isEqualTo("Did you mean \"users\"?");
        assertThat(NearestName.hint("Users", List.of("users")))
                .isEqualTo("Did you mean \"users\"? Names are case-sensitive.");
        assertThat(NearestName.hint("x", List.of())).isEqualTo("There is none.");
        assertThat(NearestName.hint("x", List.of("users"))).isEqualTo("There is users.");
        assertThat(NearestName.hint("x", List.of("users", "teams"))).isEqualTo("There are users and teams.");
        assertThat(NearestName.hint("x", List.of("users", "teams", "roles")))
                .isEqualTo("There are users, teams and roles.");
    }

    @Test
    void a_long_list_is_cut() {
        List<String> tenants =
                IntStream.rangeClosed(101, 125).mapToObj(Integer::toString).toList();

        assertThat(NearestName.hint("acme", tenants))
                .startsWith("There are 101, ")
                .endsWith(", 120 and 5 more.");
    }
}
