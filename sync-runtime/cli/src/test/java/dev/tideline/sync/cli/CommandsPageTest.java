package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The page about the commands says what the commands say. */
class CommandsPageTest {

    @Test
    void the_page_is_what_the_commands_give() throws Exception {
        String generated = CommandsPage.of(new CommandLine(new Tideline()));
        Path copy = Path.of("target", "cli.md");
        Files.writeString(copy, generated);

        assertThat(Files.readString(Path.of("..", "..", "docs", "cli.md")))
                .as("docs/cli.md is not current: copy sync-runtime/cli/%s over it", copy)
                .isEqualTo(generated);
    }
}
