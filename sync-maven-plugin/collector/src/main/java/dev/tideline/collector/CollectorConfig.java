package dev.tideline.collector;

import java.util.Objects;
import java.util.Set;

/**
 * How a collector is set up.
 *
 * @param bind address to listen on; default {@code 127.0.0.1}
 * @param otlpPort port of the OTLP/HTTP receiver; 0 for a free one, which is the default
 * @param pagePort port of the page and the query API; 0 for a free one, which is the default
 * @param allowedHosts host names that are let in beside loopback ones; default none; {@code *} lets in all
 * @param limits what bounds its memory
 */
public record CollectorConfig(
        String bind, int otlpPort, int pagePort, Set<String> allowedHosts, CollectorLimits limits) {

    private static final int MAX_PORT = 65_535;

    /** Loopback, free ports, default limits. */
    public static final CollectorConfig DEFAULT =
            new CollectorConfig("127.0.0.1", 0, 0, Set.of(), CollectorLimits.DEFAULT);

    /**
     * Checks the ports.
     *
     * @throws IllegalArgumentException if one is no port
     */
    public CollectorConfig {
        Objects.requireNonNull(bind, "bind");
        Objects.requireNonNull(limits, "limits");
        allowedHosts = Set.copyOf(allowedHosts);
        requirePort("otlpPort", otlpPort);
        requirePort("pagePort", pagePort);
        if (otlpPort != 0 && otlpPort == pagePort) {
            throw new IllegalArgumentException("otlpPort and pagePort are both " + otlpPort);
        }
    }

    /** The same on these ports. */
    public CollectorConfig onPorts(int otlp, int page) {
        return new CollectorConfig(bind, otlp, page, allowedHosts, limits);
    }

    /** The same bound to another address. */
    public CollectorConfig boundTo(String address) {
        return new CollectorConfig(address, otlpPort, pagePort, allowedHosts, limits);
    }

    /** The same with further host names let in. */
    public CollectorConfig allowing(Set<String> hosts) {
        return new CollectorConfig(bind, otlpPort, pagePort, hosts, limits);
    }

    /** The same within other limits. */
    public CollectorConfig within(CollectorLimits newLimits) {
        return new CollectorConfig(bind, otlpPort, pagePort, allowedHosts, newLimits);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(name + " must be from 0 to " + MAX_PORT + ", not " + port);
        }
    }
}
