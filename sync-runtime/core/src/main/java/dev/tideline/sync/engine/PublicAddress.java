package dev.tideline.sync.engine;

import dev.tideline.sync.config.ConnectionFailedException;
import dev.tideline.sync.config.ConnectionFailure;
import dev.tideline.sync.config.PostgresUrl;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;

/**
 * Keeps a customer's address from reaching into our own network. The name is looked up once and the connection goes to
 * the address that was checked; a name that answers otherwise the second time gains nothing.
 */
public final class PublicAddress {

    private PublicAddress() {}

    /**
     * The same address with its host as a checked number.
     *
     * @throws SQLException if any of the host's addresses is loopback, link-local, private, multicast or unspecified
     */
    public static PostgresUrl of(PostgresUrl url) throws SQLException {
        InetAddress address = check(url);
        if (url.properties().getOrDefault("sslmode", "prefer").equals("verify-full")) {
            return url; // the certificate names the host, which must stay; and it proves whom we reached
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

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        boolean carrierGrade = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
        return uniqueLocal
                || carrierGrade
                || thisNetwork
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress();
    }
}
