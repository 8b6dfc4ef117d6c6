package dev.tideline.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceSelection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user may write wrongly, and what is answered. */
class WrongInputTest {

    @Test
    void a_service_that_does_not_exist() {
        assertThatThrownBy(() -> new ServiceSelection(ServiceCatalogue.standard(), true)
                        .select("postgress,mail", service -> null, List.of()))
                .isInstanceOf(DevServicesException.class)
                .hasMessage(
                        "There is no service 'postgress'. Did you mean postgres? The services are: launchpad, postgres,"
                                + " external-postgres, mail, collector.");
    }

    @Test
    void a_service_without_a_name() {
        assertThatThrownBy(() -> new ServiceParameter().spec(true))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("A <service> in the plugin's configuration has no <name>. Give it one, such as"
                        + " <name>postgres</name>.");
    }

    @Test
    void a_limit_that_is_no_number_of_seconds() {
        assertThat(AbstractStartMojo.timeout("90")).isEqualTo(Duration.ofSeconds(90));
        for (String wrong : List.of("0", "-1", "1m", "1.5", "100000")) {
            assertThatThrownBy(() -> AbstractStartMojo.timeout(wrong))
                    .isInstanceOf(DevServicesException.class)
                    .hasMessage("startTimeout is '" + wrong + "'. Give whole seconds, 1 to 99999.");
        }
    }

    @Test
    void extra_ports_without_a_suffix_or_twice() {
        assertThatThrownBy(() -> PairList.of("shop:40,admin-ui"))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("-Dtideline.extraPorts has 'admin-ui'. Give a name and two digits for each port, such as"
                        + " shop:40,admin-ui:41.");
        assertThatThrownBy(() -> PairList.of("shop:40,shop:41"))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("-Dtideline.extraPorts names 'shop' twice. Keep one of them.");
    }
}
