package dev.tideline.collector;

import java.util.Objects;
import java.util.Set;

/**
 * The settings of a collector.
 *
 * @param bind address to listen on; default {@code 127.0.0.1}
 * @param otlpPort port of the OTLP/HTTP receiver; default 0 for a free one
 * @param pagePort port of the page and the query API; default 0 for a free one
 * @param allowedHosts host names to accept besides loopback ones; default none; {@code *} accepts all
 * @param limits of memory
 */
public record CollectorConfig(
        String bind, int otlpPort, int pagePort, Set<String> allowedHosts, CollectorLimits limits) {

    private static final int MAX_PORT = 65_535;

    /** Loopback, free ports, default limits. */
    public static final CollectorConfig DEFAULT =
            new CollectorConfig("127.0.0.1", 0, 0, Set.of(), CollectorLimits.DEFAULT);

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

    public CollectorConfig onPorts(int otlp, int page) {
        return new CollectorConfig(bind, otlp, page, allowedHosts, limits);
    }

    public CollectorConfig boundTo(String address) {
        return new CollectorConfig(address, otlpPort, pagePort, allowedHosts, limits);
    }

    public CollectorConfig allowing(Set<String> hosts) {
        return new CollectorConfig(bind, otlpPort, pagePort, hosts, limits);
    }

    public CollectorConfig within(CollectorLimits newLimits) {
        return new CollectorConfig(bind, otlpPort, pagePort, allowedHosts, newLimits);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(name + " must be from 0 to " + MAX_PORT + ", not " + port);
        }
    }
}
