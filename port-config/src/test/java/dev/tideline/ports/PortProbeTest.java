package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortProbeTest {
    private final PortProbe probe = new PortProbe();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "0.0.0.0", "::1", "::"})
    void a_listener_on_any_of_the_addresses_takes_the_port(String address) throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            assumeTrue(bind(listener, address), "this machine has no " + address);
            assertThat(probe.isFree(listener.getLocalPort())).isFalse();
        }
    }

    @Test
    void an_outgoing_connection_takes_its_port() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket connection = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            assertThat(probe.isFree(connection.getLocalPort())).isFalse();
        }
    }

    @Test
    void a_port_whose_last_connection_the_server_closed_is_free(@TempDir Path seed) throws IOException {
        int port = FreePrefixes.some(1, seed).get(0) * 100;
        try (ServerSocket listener = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                Socket connection = new Socket(listener.getInetAddress(), port)) {
            listener.accept().close(); // the side that closes first keeps the port in TIME_WAIT
            assertThat(connection.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(probe.isFree(port)).isTrue();
    }

    @Test
    void probes_of_one_port_at_once_do_not_take_it_from_each_other(@TempDir Path seed) {
        int port = FreePrefixes.some(1, seed).get(0) * 100;
        assertThat(IntStream.range(0, 2000).parallel().allMatch(i -> probe.isFree(port)))
                .isTrue();
    }

    @Test
    void a_block_is_taken_by_its_last_port(@TempDir Path seed) throws IOException {
        int prefix = FreePrefixes.some(1, seed).get(0);
        assertThat(probe.isBlockFree(prefix)).isTrue();
        try (ServerSocket last = new ServerSocket(prefix * 100 + 99, 1, InetAddress.getLoopbackAddress())) {
            assertThat(last.isBound()).isTrue();
            assertThat(probe.isBlockFree(prefix)).isFalse();
        }
        assertThat(probe.isBlockFree(prefix)).isTrue();
    }

    private static boolean bind(ServerSocket listener, String address) {
        try {
            listener.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
