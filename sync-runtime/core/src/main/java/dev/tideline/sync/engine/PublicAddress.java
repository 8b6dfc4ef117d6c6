package dev.tideline.sync.engine;

import dev.tideline.sync.config.ConnectionFailedException;
import dev.tideline.sync.config.ConnectionFailure;
import dev.tideline.sync.config.PostgresUrl;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;

/**
 * Keeps a customer's address from reaching into our own network. The name is resolved once, and the connection goes to
 * the address that was checked, so a name that resolves differently the second time gains nothing.
 */
public final class PublicAddress {

    private PublicAddress() {}

    /**
     * The same address, with its host replaced by the checked IP address.
     *
     * @throws SQLException if any of the host's addresses is loopback, link-local, private, multicast or unspecified
     */
    public static PostgresUrl of(PostgresUrl url) throws SQLException {
        InetAddress address = check(url);
        if (url.properties().getOrDefault("sslmode", "prefer").equals("verify-full")) {
            return url; // the certificate names the host, so the name must stay; it also proves whom we reached
        }
        return new PostgresUrl(
                address.getHostAddress().replaceFirst("%.*", ""),
                url.port(),
                url.database(),
                url.user(),
                url.password(),
                url.properties());
    }

    private static InetAddress check(PostgresUrl url) throws SQLException {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(url.host());
        } catch (UnknownHostException e) {
            throw new ConnectionFailedException(url, new SQLException(e.getMessage(), "08001", e));
        }
        for (InetAddress address : addresses) {
            if (isPrivate(address)) {
                throw new ConnectionFailedException(
                        new ConnectionFailure(
                                "the host of " + url.redacted()
                                        + " is a private or loopback address, which external_databases.allow_private:"
                                        + " false forbids",
                                "",
                                false),
                        "08001",
                        null);
            }
        }
        return addresses[0];
    }

    /** Whether an address is outside the public internet, or leads outside it. */
    public static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || (address instanceof Inet6Address
                        ? isPrivate6(address.getAddress())
                        : isPrivate4(address.getAddress(), 0));
    }

    private static boolean isPrivate6(byte[] bytes) {
        boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
        boolean compatible = allZero(bytes, 0, 12);
        boolean translated = startsWith(bytes, 0x00, 0x64, 0xff, 0x9b); // NAT64: the last four bytes
        boolean sixToFour = startsWith(bytes, 0x20, 0x02); // 6to4: the embedded address
        boolean teredo = startsWith(bytes, 0x20, 0x01, 0x00, 0x00);
        boolean documentation = startsWith(bytes, 0x20, 0x01, 0x0d, 0xb8);
        return uniqueLocal
                || teredo
                || documentation
                || (compatible || translated) && isPrivate4(bytes, 12)
                || sixToFour && isPrivate4(bytes, 2);
    }

    private static boolean isPrivate4(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        int third = bytes[at + 2] & 0xff;
        return first == 0
                || first == 10
                || first == 127
                || first == 100 && (second & 0xc0) == 64 // carriers' own
                || first == 169 && second == 254
                || first == 172 && (second & 0xf0) == 16
                || first == 192 && second == 168
                || first == 192 && second == 0 && (third == 0 || third == 2)
                || first == 198 && (second & 0xfe) == 18 // benchmarks
                || first == 198 && second == 51 && third == 100
                || first == 203 && second == 0 && third == 113
                || first == 168 && second == 63 && third == 129 && (bytes[at + 3] & 0xff) == 16 // a cloud's metadata
                || first >= 224;
    }

    private static boolean allZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
