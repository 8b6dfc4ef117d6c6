package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.service.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataOriginTest {

    @TempDir
    Path folder;

    @Test
    void the_same_request_leaves_nothing_unmet_also_after_it_was_written_down() throws Exception {
        DataOrigin origin = origin(Map.of("clerk", "secret"), script("1.sql", "SELECT 1"), script("2.sql", "SELECT 2"));

        assertThat(DataOrigin.ofLines(origin.lines())).isEqualTo(origin);
        assertThat(origin.unmet(origin)).isEmpty();
    }

    @Test
    void scripts_that_were_changed_added_or_removed_are_named() throws Exception {
        DataOrigin origin =
                origin(Map.of(), script("1.sql", "SELECT 1"), script("2.sql", "SELECT 2"), script("3.sql", "SELECT 3"));

        DataOrigin wanted = origin(
                Map.of(), script("1.sql", "SELECT 10"), script("2.sql", "SELECT 2"), script("4.sql", "SELECT 4"));

        assertThat(origin.unmet(wanted)).contains("its init scripts have changed (1.sql, 4.sql is new, 3.sql is gone)");
    }

    @Test
    void so_is_another_order() throws Exception {
        Path one = script("1.sql", "SELECT 1");
        Path two = script("2.sql", "SELECT 2");

        assertThat(origin(Map.of(), one, two).unmet(origin(Map.of(), two, one)))
                .contains("its init scripts have changed (another order)");
    }

    @Test
    void a_role_with_another_password_is_named_and_a_new_one_is_not_since_it_is_made() throws Exception {
        DataOrigin origin = origin(Map.of("clerk", "secret"), script("1.sql", "SELECT 1"));
        DataOrigin wanted = origin(Map.of("clerk", "other", "chef", "new"), script("1.sql", "SELECT 10"));

        assertThat(origin.unmet(wanted))
                .contains("its init scripts have changed (1.sql), and the password of role clerk has changed");
        assertThat(origin.with(wanted).unmet(origin(Map.of("chef", "newer"))))
                .contains("the password of role chef has changed");
    }

    @Test
    void a_request_without_scripts_asks_for_none() throws Exception {
        assertThat(origin(Map.of(), script("1.sql", "SELECT 1")).unmet(origin(Map.of())))
                .isEmpty();
    }

    @Test
    void what_counts_in_a_packed_script_is_what_was_packed() throws Exception {
        Path packed = folder.resolve("1.sql.gz");
        pack(packed, "SELECT 1", 1);
        DataOrigin origin = origin(Map.of(), packed);
        pack(packed, "SELECT 1", 9);
        assertThat(origin.unmet(origin(Map.of(), packed))).isEmpty();
        pack(packed, "SELECT 2", 9);
        assertThat(origin.unmet(origin(Map.of(), packed))).contains("its init scripts have changed (1.sql.gz)");
    }

    private Path script(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void pack(Path file, String text, int level) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file)) {
            {
                def.setLevel(level);
            }
        }) {
            out.write(text.getBytes());
        }
    }

    private static DataOrigin origin(Map<String, String> roles, Path... scripts) {
        return DataOrigin.of(
                new ServiceSpec("postgres", "", "", Map.of(), Map.of(), List.of(), roles, List.of(scripts), false));
    }
}
