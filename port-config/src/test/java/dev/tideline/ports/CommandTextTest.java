package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTextTest {
    @Test
    void a_short_command_is_shown_as_it_is() {
        assertThat(CommandText.of(List.of("python3", "-m", "http.server", "8128")))
                .contains("python3 -m http.server 8128");
    }

    @Test
    void nothing_is_shown_of_nothing() {
        assertThat(CommandText.of(List.of())).isEmpty();
        assertThat(CommandText.of(List.of("", "\n"))).isEmpty();
    }

    @Test
    void secrets_are_blotted_out() {
        assertThat(CommandText.of(List.of(
                        "server",
                        "-Ddb.password=hunter2",
                        "--api-key",
                        "k-123",
                        "GITHUB_TOKEN=abc",
                        "postgres://u:hun/ter2@host/db",
                        "--port=1")))
                .contains("server -Ddb.password=*** --api-key *** GITHUB_TOKEN=*** postgres://u:***@host/db --port=1");
    }

    @Test
    void a_class_path_is_cut_and_the_main_class_stays_in_sight() {
        assertThat(CommandText.of(List.of("java", "-cp", "/a".repeat(500), "com.example.Main")))
                .contains("java -cp " + "/a".repeat(14) + "/…" + "/a".repeat(15) + " com.example.Main");
    }

    @Test
    void many_arguments_are_cut_at_the_end() {
        String shown = CommandText.of(Collections.nCopies(200, "argument")).orElseThrow();
        assertThat(shown).hasSize(240).startsWith("argument argument").endsWith("…");
    }

    @Test
    void control_characters_do_not_reach_the_terminal() {
        assertThat(CommandText.of(List.of("evil\u001b[2J", "a\nb"))).contains("evil [2J a b");
    }
}
