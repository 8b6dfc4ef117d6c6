package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.request.AddressRule.RefusedAddressException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens no connection, so that it may name whatever address. */
class AddressRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.0.1",
                "169.254.169.254",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "fe80::1",
                "fd00:ec2::254",
                "fec0::1",
                "::ffff:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "2002:a9fe:a9fe::1"
            })
    void an_address_within_is_refused_unless_it_is_allowed(String text) throws Exception {
        InetAddress address = InetAddress.getByName(text);
        assertThatThrownBy(() -> AddressRule.PUBLIC.check(address))
                .isInstanceOf(RefusedAddressException.class)
                .hasMessage(address.getHostAddress() + " is a private or loopback address, which is not allowed");
        assertThatCode(() -> AddressRule.PRIVATE.check(address)).doesNotThrowAnyException();
        assertThatCode(() -> AddressRule.ANY.check(address)).doesNotThrowAnyException();
    }

    @Test
    void http_is_for_private_addresses_and_only_where_those_are_allowed() throws Exception {
        assertThatThrownBy(() -> AddressRule.of(false, false)).hasMessage("http is not allowed: use https");
        assertThat(AddressRule.of(false, true)).isEqualTo(AddressRule.PRIVATE);
        assertThat(AddressRule.of(true, true)).isEqualTo(AddressRule.ANY);
        assertThat(AddressRule.of(true, false)).isEqualTo(AddressRule.PUBLIC);
        InetAddress outside = InetAddress.getByName("1.1.1.1");
        assertThatThrownBy(() -> AddressRule.PRIVATE.check(outside))
                .hasMessage("1.1.1.1 is a public address, and http is for private addresses only");
        assertThatCode(() -> AddressRule.PUBLIC.check(outside)).doesNotThrowAnyException();
    }
}
