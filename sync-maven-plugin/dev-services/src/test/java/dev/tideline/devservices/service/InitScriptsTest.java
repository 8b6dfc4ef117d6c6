package dev.tideline.devservices.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitScriptsTest {

    @TempDir
    Path base;

    @Test
    void files_run_as_given_and_those_of_a_folder_by_name() throws Exception {
        Path folder = Files.createDirectories(base.resolve("sql"));
        Path second = Files.writeString(folder.resolve("2.sql"), "");
        Path first = Files.writeString(folder.resolve("1.sql.gz"), "");
        Files.writeString(folder.resolve("README.md"), "");
        Path last = Files.writeString(base.resolve("0.sql"), "");

        assertThat(scripts(folder, last).files()).containsExactly(first, second, last);
    }

    @Test
    void a_missing_one_is_reported_with_its_service_and_what_its_path_was_resolved_against() {
        assertThatThrownBy(() -> scripts(base.resolve("src/test/shema.sql")).require(base))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("Service postgres: there is no init script src/test/shema.sql in " + base
                        + ", the folder of the POM. Correct <initScripts> of the service; relative paths start at the"
                        + " folder of the POM.");
        assertThatThrownBy(() -> scripts(Path.of("/no/such/schema.sql")).require(base))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("Service postgres: there is no init script /no/such/schema.sql. Correct <initScripts> of"
                        + " the service; relative paths start at the folder of the POM.");
    }

    @Test
    void what_is_no_script_is_reported() throws Exception {
        Path text = Files.writeString(base.resolve("schema.txt"), "");

        assertThatThrownBy(() -> scripts(text).require(base))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("Service postgres: the init script " + text
                        + " is neither a .sql or .sql.gz file nor a folder. Correct <initScripts> of the service.");
    }

    private static InitScripts scripts(Path... given) {
        return new InitScripts("postgres", List.of(given));
    }
}
