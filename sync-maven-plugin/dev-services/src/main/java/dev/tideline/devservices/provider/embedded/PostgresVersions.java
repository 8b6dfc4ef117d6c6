package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The available versions of Postgres: a major version, which means its newest build, or a full version. */
public final class PostgresVersions {

    private static final TreeMap<Integer, String> NEWEST = load();
    private static final Pattern FULL = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?(-\\d+)?");

    private PostgresVersions() {}

    /** The default version: the newest build of the newest major version. */
    public static String newest() {
        return NEWEST.lastEntry().getValue();
    }

    /**
     * The full version for what a user wrote: a major version such as {@code 16}, or a full version such as {@code
     * 16.15} or {@code 16.15.0}.
     *
     * @throws DevServicesException if it is neither
     */
    public static String resolve(String wanted) {
        String version = wanted.strip();
        for (var entry : NEWEST.entrySet()) {
            if (version.equals(entry.getKey().toString())) {
                return entry.getValue();
            }
        }
        if (FULL.matcher(version).matches() && NEWEST.containsKey(major(version))) {
            return version.chars().filter(c -> c == '.').count() == 1 ? version + ".0" : version;
        }
        throw new DevServicesException("Postgres version '" + wanted + "' is not known. Give a major ("
                + NEWEST.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "))
                + ") or a full version such as " + newest() + ".");
    }

    /** The major version of a full version such as {@code 16.15.0}. */
    public static int major(String version) {
        return Integer.parseInt(version.split("\\.", 2)[0]);
    }

    private static TreeMap<Integer, String> load() {
        Properties table = new Properties();
        try (InputStream in = PostgresVersions.class.getResourceAsStream("postgres-versions.properties")) {
            table.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TreeMap<Integer, String> versions = new TreeMap<>();
        table.stringPropertyNames().forEach(major -> versions.put(Integer.valueOf(major), table.getProperty(major)));
        return versions;
    }
}
