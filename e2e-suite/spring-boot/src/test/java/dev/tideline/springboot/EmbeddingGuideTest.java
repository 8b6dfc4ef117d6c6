package dev.tideline.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/embedding.md shows is what these tests run. */
class EmbeddingGuideTest {

    @Test
    void the_guide_shows_the_configuration_that_is_tested() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/tideline/springboot/SyncConfiguration.java"));

        assertThat(Files.readString(Path.of("../../docs/embedding.md")))
                .contains(source.substring(source.indexOf("@Configuration")));
    }
}
