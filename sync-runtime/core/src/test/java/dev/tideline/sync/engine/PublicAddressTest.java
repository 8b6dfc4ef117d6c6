package dev.tideline.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.config.PostgresUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "2002:7f00:1::1",
                "2001::1",
                "fec0::1",
                "fd00:ec2::254",
                "192.0.0.192",
                "198.18.0.1",
                "168.63.129.16",
                "240.0.0.1",
                "255.255.255.255"
            })
    void addresses_inside_are_private(String address) throws UnknownHostException {
        assertThat(PublicAddress.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2606:4700::1111"})
    void addresses_outside_are_not(String address) throws UnknownHostException {
        assertThat(PublicAddress.isPrivate(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void a_name_that_leads_inside_is_refused() {
        PostgresUrl url = PostgresUrl.parse("postgres://ada:secret@localhost:5432/shop");
        assertThatThrownBy(() -> PublicAddress.of(url))
                .isInstanceOf(SQLException.class)
                .hasMessage("the host of postgres://ada@localhost:5432/shop is a private or loopback address, which"
                        + " external_databases.allow_private: false forbids");
    }
}
