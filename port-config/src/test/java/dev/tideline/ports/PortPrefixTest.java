package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortPrefixTest {
    @ParameterizedTest
    @CsvSource({"11,1105", "81,8105", "100,10005", "654,65405"})
    void a_port_is_the_prefix_followed_by_two_digits(String prefix, int port) {
        ServicePort mailbox = PortTable.standard().service("mailbox");
        assertThat(PortPrefix.parse(prefix, "a test").port(mailbox)).isEqualTo(port);
    }

    @Test
    void the_largest_block_ends_below_the_last_port_there_is() {
        PortPrefix largest = PortPrefix.parse("654", "a test");
        assertThat(largest.firstPort()).isEqualTo(65400);
        assertThat(largest.lastPort()).isEqualTo(65499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9", "10", "655", "abc", "8.1", "-81", "+81", "081", "0x51", "81 82", "８１", "99999999999", "Auto"
            })
    void anything_but_a_number_from_11_to_654_is_refused_with_value_origin_and_range(String value) {
        assertThatThrownBy(() -> PortPrefix.parse(value, "-Dtideline.portPrefix"))
                .isInstanceOf(InvalidPrefixException.class)
                .hasMessage(
                        "Port prefix '" + value + "' from -Dtideline.portPrefix is not valid: give a whole number from"
                                + " 11 to 654, or 'auto' for a free one of this workspace.");
    }

    @Test
    void blanks_around_the_number_are_ignored() {
        assertThat(PortPrefix.parse(" 91\n", "a file").value()).isEqualTo(91);
    }

    @Test
    void a_long_value_with_control_characters_is_shown_short_and_harmless() {
        assertThatThrownBy(() -> PortPrefix.parse("\u001b[31m" + "x".repeat(1000), "a file"))
                .hasMessage("Port prefix '?[31m" + "x".repeat(35) + "…' from a file is not valid: give a whole number"
                        + " from 11 to 654, or 'auto' for a free one of this workspace.");
    }
}
