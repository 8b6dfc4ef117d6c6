package dev.tideline.ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * Tells whether a port is free, by binding it: on IPv4 and IPv6 (if the machine has it), on loopback and on all
 * addresses. All four matter: on some systems a socket on all addresses and one on loopback can coexist, and a client
 * that says {@code localhost} may end up at either family. Nothing stays bound. Thread-safe.
 */
public final class PortProbe {
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    private static final InetAddress LOOPBACK_4 = address(127, 0, 0, 1);
    private static final InetAddress ANY_4 = address(0, 0, 0, 0);
    private static final InetAddress LOOPBACK_6 = address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    private static final InetAddress ANY_6 = address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final boolean ipv6;

    /**
     * Checks once whether this machine has IPv6; with port 0 the system chooses, so that failure can mean nothing else.
     */
    public PortProbe() {
        ipv6 = binds(StandardProtocolFamily.INET6, LOOPBACK_6, 0);
    }

    /**
     * Whether a service could be started on the port: nobody holds it on any local address, and the system allows it.
     *
     * @param port 1 to 65535
     */
    public boolean isFree(int port) {
        return binds(StandardProtocolFamily.INET, LOOPBACK_4, port)
                && binds(StandardProtocolFamily.INET, ANY_4, port)
                && (!ipv6
                        || (binds(StandardProtocolFamily.INET6, LOOPBACK_6, port)
                                && binds(StandardProtocolFamily.INET6, ANY_6, port)));
    }

    /** Whether all hundred ports of a prefix are free. */
    public boolean isBlockFree(int prefix) {
        for (int port = prefix * 100; port < prefix * 100 + 100; port++) {
            if (!isFree(port)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Binds without listening, with address reuse: it fails if somebody listens, but two probes of one port, or a probe
     * and a service that is just starting there, do not conflict. Reuse also permits a port whose last connection is in
     * TIME_WAIT. On Windows reuse would mean stealing, so there it stays off.
     */
    private static boolean binds(ProtocolFamily family, InetAddress address, int port) {
        try (SocketChannel channel = SocketChannel.open(family)) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, !WINDOWS);
            channel.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static InetAddress address(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are always an address", e);
        }
    }
}
