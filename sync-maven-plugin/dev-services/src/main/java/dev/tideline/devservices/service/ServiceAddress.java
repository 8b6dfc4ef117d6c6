package dev.tideline.devservices.service;

import java.util.Map;

/**
 * Where a service is reached.
 *
 * @param host always a loopback address
 * @param ports by name in the port table
 */
public record ServiceAddress(String host, Map<String, Integer> ports) {

    /** The port with this name in the port table. */
    public int port(String name) {
        return ports.get(name);
    }

    /** The URL of a port that speaks HTTP, for example {@code http://127.0.0.1:8105}, without a slash at the end. */
    public String httpUrl(String name) {
        return "http://" + host + ":" + port(name);
    }
}
