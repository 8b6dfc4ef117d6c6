package dev.tideline.devservices.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a user asks of one service.
 *
 * @param name name of the service, for example {@code postgres}
 * @param version version; empty for the default
 * @param image image for providers that run containers; empty for the default
 * @param settings settings of the service itself, for Postgres those of {@code postgresql.conf}
 * @param environment environment variables of the service
 * @param databases databases that are made if they do not exist
 * @param roles roles that may log in, made if they do not exist: name and password
 * @param initScripts {@code .sql} and {@code .sql.gz} files, or folders of them, run once on fresh data
 * @param durable whether what is stored must survive the loss of power
 */
public record ServiceSpec(
        String name,
        String version,
        String image,
        Map<String, String> settings,
        Map<String, String> environment,
        List<String> databases,
        Map<String, String> roles,
        List<Path> initScripts,
        boolean durable) {

    /** Copies the collections. */
    public ServiceSpec {
        settings = Map.copyOf(settings);
        environment = Map.copyOf(environment);
        databases = List.copyOf(databases);
        roles = Map.copyOf(roles);
        initScripts = List.copyOf(initScripts);
    }

    /**
     * A service with nothing but defaults.
     *
     * @param name its name
     * @return the spec: default version, durable
     */
    public static ServiceSpec of(String name) {
        return new ServiceSpec(name, "", "", Map.of(), Map.of(), List.of(), Map.of(), List.of(), true);
    }

    /**
     * What has to be equal for a running service to be reused. Databases, roles and scripts are not part of it: they are
     * brought in while the service runs.
     *
     * @return a text, the same for the same request
     */
    public String fingerprint() {
        return String.join(
                "|",
                version,
                image,
                new TreeMap<>(settings).toString(),
                new TreeMap<>(environment).toString(),
                durable ? "durable" : "fast");
    }

    /** @return what a later process needs to start the service again as it was: what {@link #fingerprint} is of */
    public Properties toProperties() {
        Properties properties = new Properties();
        properties.setProperty("name", name);
        properties.setProperty("version", version);
        properties.setProperty("image", image);
        settings.forEach((key, value) -> properties.setProperty("setting." + key, value));
        environment.forEach((key, value) -> properties.setProperty("environment." + key, value));
        properties.setProperty("durable", Boolean.toString(durable));
        return properties;
    }

    /**
     * Reads a spec back.
     *
     * @param properties what {@link #toProperties()} gave
     * @return the spec, without what is brought in while the service runs
     */
    public static ServiceSpec of(Properties properties) {
        return new ServiceSpec(
                properties.getProperty("name"),
                properties.getProperty("version"),
                properties.getProperty("image"),
                below("setting.", properties),
                below("environment.", properties),
                List.of(),
                Map.of(),
                List.of(),
                Boolean.parseBoolean(properties.getProperty("durable")));
    }

    private static Map<String, String> below(String start, Properties properties) {
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(start))
                .collect(Collectors.toMap(name -> name.substring(start.length()), properties::getProperty));
    }
}
