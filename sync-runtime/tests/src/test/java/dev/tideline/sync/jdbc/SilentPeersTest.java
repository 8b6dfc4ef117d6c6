package dev.tideline.sync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.loop.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SilentPeersTest {

    private static final Duration SUSPICIOUS = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofMillis(600);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** Somebody who has waited for longer than anybody should. */
    private static final class Waits implements SilentPeers.Peer {

        private final InetSocketAddress address;
        private final AtomicBoolean cut = new AtomicBoolean();
        private final long began = System.nanoTime();

        Waits(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public Duration waiting() {
            return Duration.ofNanos(System.nanoTime() - began);
        }

        @Override
        public void cut() {
            cut.set(true);
        }
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress address(ServerSocket server) {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** Until its queue is full; the packets of further ones are dropped, as those to a machine that is gone. */
    private static List<Socket> fill(ServerSocket server) {
        List<Socket> waiting = new ArrayList<>();
        while (true) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(address(server), 300);
            } catch (IOException full) {
                return waiting;
            }
        }
    }

    @Test
    void a_connection_is_cut_whose_server_neither_answers_nor_takes_another_one() throws Exception {
        SilentPeers peers = new SilentPeers(SUSPICIOUS, LIMIT, INTERVAL);
        try (ServerSocket server = server()) {
            List<Socket> full = fill(server);
            Waits waits = new Waits(address(server));
            peers.watch(waits);

            assertThat(Await.until(waits.cut::get, INTERVAL, Duration.ofSeconds(20)))
                    .isTrue();
            assertThat(waits.waiting()).isGreaterThan(LIMIT.minus(INTERVAL));
            for (Socket socket : full) {
                socket.close();
            }
        }
    }

    @Test
    void a_server_that_is_slow_or_was_stopped_keeps_its_connections() throws Exception {
        SilentPeers peers = new SilentPeers(SUSPICIOUS, LIMIT, INTERVAL);
        ServerSocket stopped = server();
        InetSocketAddress refuses = address(stopped);
        stopped.close();
        try (ServerSocket gone = server();
                ServerSocket slow = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
            List<Socket> full = fill(gone);
            Waits atSlow = new Waits(address(slow));
            Waits atStopped = new Waits(refuses);
            Waits atGone = new Waits(address(gone));
            List.of(atSlow, atStopped, atGone).forEach(peers::watch);

            assertThat(Await.until(atGone.cut::get, INTERVAL, Duration.ofSeconds(20)))
                    .isTrue();
            assertThat(atSlow.cut).isFalse();
            assertThat(atStopped.cut).isFalse();
            for (Socket socket : full) {
                socket.close();
            }
        }
    }
}
