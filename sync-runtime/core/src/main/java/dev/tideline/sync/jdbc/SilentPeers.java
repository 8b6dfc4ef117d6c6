package dev.tideline.sync.jdbc;

import dev.tideline.sync.thread.DaemonThreads;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts connections to machines that have vanished. A server that works on a long statement is as silent as one whose
 * packets are dropped. The kernel retransmits unacknowledged data for a quarter of an hour (Java has no
 * TCP_USER_TIMEOUT), and keepalive only works when nothing was sent. So when a server has not answered for a while, we
 * try to open another connection to it; if it accepts none until the limit, the waiting connections are cut. Safe for
 * use by many threads.
 */
final class SilentPeers {

    private static final Logger LOG = LoggerFactory.getLogger(SilentPeers.class);

    private static final ThreadFactory DAEMONS = DaemonThreads.named("tideline-silent-peers");

    /** For all connections of this process. */
    static final SilentPeers OURS =
            new SilentPeers(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(10));

    private final Duration suspicious;
    private final Duration limit;
    private final Duration interval;
    private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
    private final Map<InetSocketAddress, Boolean> silent = new ConcurrentHashMap<>();
    private final ExecutorService probes = Executors.newCachedThreadPool(DAEMONS);
    private final ScheduledThreadPoolExecutor timer;

    /**
     * @param suspicious how long a connection waits before the server is probed
     * @param limit how long it waits before it is cut
     * @param interval between two checks, and how long a server may take to accept a connection
     */
    SilentPeers(Duration suspicious, Duration limit, Duration interval) {
        this.suspicious = suspicious;
        this.limit = limit;
        this.interval = interval;
        this.timer = new ScheduledThreadPoolExecutor(1, DAEMONS);
        timer.scheduleWithFixedDelay(this::look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    interface Peer {
        /** Null while it is not connected. */
        InetSocketAddress address();

        /** How long somebody has waited for it to answer, or to accept what is sent. */
        Duration waiting();

        /** Makes whoever waits fail. */
        void cut();
    }

    void watch(Peer peer) {
        peers.add(peer);
    }

    void forget(Peer peer) {
        peers.remove(peer);
    }

    private void look() {
        try {
            Map<InetSocketAddress, Future<Boolean>> asked = new HashMap<>();
            for (Peer peer : peers) {
                InetSocketAddress address = peer.address();
                if (address != null && peer.waiting().compareTo(suspicious) >= 0) {
                    asked.computeIfAbsent(address, server -> probes.submit(() -> answers(server)));
                }
            }
            silent.keySet().removeIf(address -> !asked.containsKey(address));
            for (Map.Entry<InetSocketAddress, Future<Boolean>> server : asked.entrySet()) {
                if (server.getValue().get()) {
                    if (silent.remove(server.getKey()) != null) {
                        LOG.info("{} accepts connections again", server.getKey());
                    }
                } else {
                    noAnswer(server.getKey());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error e) { // otherwise the timer would stop
            LOG.debug("looking for silent servers failed", e);
        }
    }

    private boolean answers(InetSocketAddress server) {
        try (Socket probe = new Socket()) {
            probe.connect(server, Math.toIntExact(interval.toMillis()));
            return true;
        } catch (ConnectException e) {
            return e.getMessage() != null && e.getMessage().contains("refused"); // then its machine is alive
        } catch (IOException e) {
            return false;
        }
    }

    private void noAnswer(InetSocketAddress server) {
        if (silent.put(server, true) == null) {
            LOG.warn(
                    "{} has not answered for {} s and accepts no connection: its machine or the network may be gone."
                            + " Connections with it are cut after {} s",
                    server,
                    suspicious.toSeconds(),
                    limit.toSeconds());
        }
        for (Peer peer : peers) {
            if (server.equals(peer.address()) && peer.waiting().compareTo(limit.minus(interval)) >= 0) {
                LOG.warn(
                        "{} does not answer; a connection with it was cut after {} s",
                        server,
                        peer.waiting().toSeconds());
                peers.remove(peer);
                peer.cut();
            }
        }
    }
}
