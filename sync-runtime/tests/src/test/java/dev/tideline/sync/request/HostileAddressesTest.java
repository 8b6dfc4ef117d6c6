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

    /**
     * This machine, and nothing but it: should somebody take the guard out, nobody else is called. Other addresses are
     * those of AddressRuleTest, which opens no connection.
     */
    private static final List<String> HOSTS = List.of(
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "127.255.255.254",
            "127.0.0.53",
            "127.127.127.127",
            "2130706433",
            "2130706434",
            "0x7f000001",
            "0x7f.1",
            "017700000001",
            "localhost",
            "LOCALHOST",
            "LocalHost",
            "localhost.",
            "0.0.0.0",
            "0",
            "0.0",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[0::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[0:0:0:0:0:ffff:127.0.0.2]");

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
                urls.add("https://" + host + ":" + trap.getLocalPort() + "/latest/meta-data/?a=b");
                urls.add("http://" + host + ":" + trap.getLocalPort() + "/");
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
