package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortTableTest {
    @Test
    void the_default_ports_are_those_of_the_contract() {
        PortPrefix prefix = new PortPrefix(PortPrefix.DEFAULT, "the default");

        assertThat(PortTable.standard().services())
                .extracting(service -> prefix.port(service) + " " + service.name())
                .containsExactly(
                        "8100 launchpad",
                        "8101 admin",
                        "8102 directory",
                        "8105 mailbox",
                        "8107 traces",
                        "8128 postgres",
                        "8129 smtp",
                        "8130 pop3",
                        "8131 otlp",
                        "8132 external-postgres");
    }

    @Test
    void a_service_names_its_variable_property_and_kind() {
        ServicePort external = PortTable.standard().service("external-postgres");
        assertThat(external.environmentVariable()).isEqualTo("TIDELINE_PORT_EXTERNAL_POSTGRES");
        assertThat(external.property()).isEqualTo("tideline.port.external-postgres");
        assertThat(external.isHttp()).isFalse();
        assertThat(PortTable.standard().service("mailbox").suffixText()).isEqualTo("05");
        assertThat(PortTable.standard().services().stream()
                        .filter(ServicePort::isPage)
                        .map(ServicePort::name))
                .containsExactly("launchpad", "admin", "directory", "mailbox", "traces");
        assertThat(PortTable.standard().service("otlp").isHttp()).isTrue();
        assertThat(PortTable.standard().service("otlp").isPage()).isFalse();
    }

    @Test
    void an_unknown_service_is_refused_with_the_names_there_are() {
        assertThatThrownBy(() -> PortTable.standard().service("mysql"))
                .isInstanceOf(PortConfigException.class)
                .hasMessage(
                        "There is no service 'mysql' in the port table. The services are: launchpad, admin, directory,"
                                + " mailbox, traces, postgres, smtp, pop3, otlp, external-postgres.");
    }

    @Test
    void two_services_on_one_suffix_are_refused() {
        ServicePort first = new ServicePort(40, "first", ServicePort.Kind.TCP, "");
        ServicePort second = new ServicePort(40, "second", ServicePort.Kind.TCP, "");
        assertThatThrownBy(() -> new PortTable(List.of(first, second)))
                .hasMessage("Suffix 40 is given to both 'first' and 'second'.");
    }

    @Test
    void one_name_twice_is_refused() {
        ServicePort first = new ServicePort(40, "same", ServicePort.Kind.TCP, "");
        ServicePort second = new ServicePort(41, "same", ServicePort.Kind.TCP, "");
        assertThatThrownBy(() -> new PortTable(List.of(first, second))).hasMessage("Service 'same' is listed twice.");
    }

    @Test
    void a_suffix_of_three_digits_is_refused() {
        assertThatThrownBy(() -> new ServicePort(100, "big", ServicePort.Kind.TCP, ""))
                .hasMessage("Suffix 100 of service 'big' is not 00 to 99.");
    }

    @Test
    void a_name_that_makes_no_property_is_refused() {
        assertThatThrownBy(() -> new ServicePort(40, "My DB", ServicePort.Kind.TCP, ""))
                .hasMessage(
                        "Service name 'My DB' is not lower-case words joined by hyphens, such as external-postgres.");
    }
}
