package dev.tideline.devservices.launchpad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PortTable;
import dev.tideline.web.Face;
import dev.tideline.web.PrefixColour;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The header's links against the port table, which the pages' own module does not know. */
class FaceTest {

    private static final Map<Face.Page, String> SERVICES = Map.of(
            Face.Page.LAUNCHPAD, "launchpad",
            Face.Page.MAILBOX, "mailbox",
            Face.Page.TRACES, "traces",
            Face.Page.DASHBOARD, "admin");

    @Test
    void every_page_leads_to_the_others_by_the_name_that_it_was_called_by() {
        PortPrefix prefix = new PortPrefix(93, "the test");
        for (Face.Page page : Face.Page.values()) {
            int own = prefix.port(PortTable.standard().service(SERVICES.get(page)));
            String html = Face.of("shop.localhost:" + own, page)
                    .begin("x", "/x.css", "")
                    .toString();
            assertThat(html).contains("<title>93 x · Tideline</title>");
            SERVICES.forEach((other, service) -> assertThat(html)
                    .contains(
                            other == page
                                    ? "<a href=\"/\" aria-current=\"page\">"
                                    : "<a href=\"http://shop.localhost:"
                                            + prefix.port(PortTable.standard().service(service)) + "/\">"));
        }
    }

    @Test
    void outside_the_scheme_there_are_no_others() {
        for (String host : new String[] {"localhost:43017", "localhost", "[::1]", "[::1]:8105"}) {
            assertThat(Face.of(host, Face.Page.TRACES).begin("x", "/x.css", "").toString())
                    .as(host)
                    .doesNotContain("http://")
                    .contains("<title>x · Tideline</title>");
        }
    }

    @Test
    void the_colour_is_that_of_the_prefix() {
        assertThat(PrefixColour.of(PortPrefix.DEFAULT)).isEqualTo(new PrefixColour(215));
        assertThat(Face.of("localhost:65405", Face.Page.MAILBOX)
                        .asset("/look/hue.css")
                        .orElseThrow()
                        .body())
                .isEqualTo(PrefixColour.of(PortPrefix.MAX).css());
    }
}
