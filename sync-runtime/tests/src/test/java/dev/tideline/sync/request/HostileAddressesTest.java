package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Addresses that lead within are refused at the socket, however they are written; nothing is connected to. */
class HostileAddressesTest {

    private static final List<String> HOSTS = List.of(
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "127.255.255.254",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "127.0.0.53",
            "017700000001",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "0.0.0.0",
            "0",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[2001::1]",
            "[fe80::1]",
            "[fec0::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "10.0.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "192.168.255.255",
            "169.254.169.254",
            "169.254.0.1",
            "2852039166",
            "0xa9fea9fe",
            "[::ffff:169.254.169.254]",
            "[::ffff:a9fe:a9fe]",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "168.63.129.16",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255");

    @Test
    void a_hundred_hostile_addresses_are_refused_and_none_is_connected_to() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (SyncScenario scenario = SyncScenario.users();
                ServerSocket trap = new ServerSocket(0, 50, InetAddress.getByName("::"))) {
            Thread listener = new Thread(() -> accept(trap, connections));
            listener.setDaemon(true);
            listener.start();
            scenario.settings("requests: { retry: 10ms, attempts: 1, timeout: 5s }");
            scenario.install();
            List<String> urls = new ArrayList<>();
            for (String host : HOSTS) {
                urls.add("https://" + host + ":" + trap.getLocalPort() + "/");
                urls.add("http://" + host + ":" + trap.getLocalPort() + "/latest/meta-data/");
            }
            assertThat(urls).hasSize(100);
            scenario.run();
            urls.forEach(url -> scenario.source().execute("SELECT tideline.enqueue_request('" + url + "')"));

            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request WHERE dead")
                    .become("100");
            assertThat(Rows.of(
                                    scenario.source(),
                                    "SELECT url, last_error FROM tideline.outgoing_request WHERE last_error NOT LIKE"
                                            + " '% is a private or loopback address, which is not allowed'"
                                            + " AND last_error <> 'http is not allowed: use https'")
                            .now())
                    .allMatch(line -> line.endsWith(" cannot be resolved"));
            assertThat(connections.get()).isZero();
        }
    }

    @Test
    void the_trap_notices_a_connection_that_is_allowed() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (SyncScenario scenario = SyncScenario.users();
                ServerSocket trap = new ServerSocket(0, 50, InetAddress.getByName("::"))) {
            Thread listener = new Thread(() -> accept(trap, connections));
            listener.setDaemon(true);
            listener.start();
            scenario.settings("requests: { retry: 10ms, attempts: 1, timeout: 5s, allow_private: true }");
            scenario.install();
            scenario.run();
            scenario.source()
                    .execute("SELECT tideline.enqueue_request('http://127.0.0.1:" + trap.getLocalPort() + "/')");
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request WHERE dead")
                    .become("1");
            assertThat(connections.get()).isPositive();
        }
    }

    private static void accept(ServerSocket trap, AtomicInteger connections) {
        try {
            while (true) {
                trap.accept().close();
                connections.incrementAndGet();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
