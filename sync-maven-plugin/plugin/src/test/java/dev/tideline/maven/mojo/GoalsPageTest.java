package dev.tideline.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The pages about the plugin say what its descriptor says. */
class GoalsPageTest {

    private static final Path DOCS = Path.of("..", "..", "docs");

    @Test
    void the_page_of_goals_is_what_the_descriptor_gives() throws Exception {
        String generated = GoalsPage.of(descriptor());
        Path page = DOCS.resolve("maven-plugin-goals.md");
        Path copy = Path.of("target", "maven-plugin-goals.md");
        Files.writeString(copy, generated);

        assertThat(Files.readString(page))
                .as("docs/maven-plugin-goals.md is not current: copy sync-maven-plugin/%s over it", copy)
                .isEqualTo(generated);
    }

    @Test
    void the_guide_names_every_goal_and_every_parameter() throws Exception {
        String guide = Files.readString(DOCS.resolve("maven-plugin.md"));
        for (Element mojo : GoalsPage.elements(descriptor().getElementsByTagName("mojo"))) {
            String goal = GoalsPage.text(mojo, "goal");
            assertThat(guide).as("goal %s", goal).contains("| `" + goal + "` |");
            if (!goal.equals("help")) {
                for (Map.Entry<String, Element> parameter :
                        GoalsPage.parameters(mojo).entrySet()) {
                    assertThat(guide)
                            .as("parameter %s of %s", parameter.getKey(), goal)
                            .containsAnyOf(
                                    "| `" + parameter.getKey() + "` |",
                                    "`-D" + parameter.getKey() + "=",
                                    "`-D" + parameter.getKey() + "`");
                }
            }
        }
    }

    /** Maven writes it before the tests; a runner that only compiles does not have it. */
    private static Document descriptor() throws Exception {
        try (InputStream in = GoalsPageTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            assumeTrue(in != null, "the plugin descriptor is not there: run the tests with Maven");
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }
}
