package dev.tideline.maven.service;

import java.util.Map;

/**
 * Where a service is reached.
 *
 * @param host always a loopback address
 * @param ports port by name in the port table
 */
public record ServiceAddress(String host, Map<String, Integer> ports) {

    /**
     * One port.
     *
     * @param name name in the port table
     * @return the port
     */
    public int port(String name) {
        return ports.get(name);
    }
}
