package dev.tideline.sync.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A parsed {@code postgres://} address. Its text never shows the password.
 *
 * @param properties libpq parameters of the query string that are allowed, by their libpq names, {@code sslmode} among
 *     them
 */
public record PostgresUrl(
        String host,
        int port,
        String database,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> properties) {

    public PostgresUrl {
        properties = java.util.Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** The address without password, as it may stand in logs, errors and the status API. */
    public String redacted() {
        return "postgres://" + user.map(u -> u + "@").orElse("") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + port + "/" + database;
    }

    @Override
    public String toString() {
        return redacted();
    }
}
