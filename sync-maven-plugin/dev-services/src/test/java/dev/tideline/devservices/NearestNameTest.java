package dev.tideline.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.service.ServiceCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    private static final List<String> NAMES = List.of("postgres", "external-postgres", "mail", "collector");

    @Test
    void a_slip_of_the_fingers_is_found() {
        assertThat(NearestName.of("postgers", NAMES)).contains("postgres");
        assertThat(NearestName.of("Mial", NAMES)).contains("mail");
        assertThat(NearestName.of("external_postgres", NAMES)).contains("external-postgres");
        assertThat(NearestName.of("collektor", NAMES)).contains("collector");
    }

    @Test
    void the_beginning_or_end_of_a_name_is_near_to_it_unless_another_is_nearer() {
        List<String> names = List.of("portPrefix", "provider", "dataDirectory");
        assertThat(NearestName.of("prefix", names)).contains("portPrefix");
        assertThat(NearestName.of("dataDir", names)).contains("dataDirectory");
        assertThat(NearestName.of("providerName", names)).contains("provider");
        assertThat(NearestName.of("provide", List.of("provideAll", "provider"))).contains("provider");
        assertThat(NearestName.of("dat", names)).isEmpty();
    }

    @Test
    void another_word_is_not_taken_for_one() {
        assertThat(NearestName.of("mysql", NAMES)).isEmpty();
        assertThat(NearestName.question("redis", NAMES)).isEmpty();
    }

    @Test
    void a_service_that_is_not_there_is_refused_with_the_nearest_and_all() {
        assertThatThrownBy(() -> ServiceCatalogue.standard().type("postgress"))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("There is no service 'postgress'. Did you mean postgres? The services are: launchpad,"
                        + " postgres, external-postgres, mail, collector.");
    }
}
