package dev.tideline.devservices.service;

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

    /**
     * The URL of one port that speaks HTTP.
     *
     * @param name name in the port table
     * @return for example {@code http://127.0.0.1:8105}, without a slash at the end
     */
    public String httpUrl(String name) {
        return "http://" + host + ":" + port(name);
    }
}
