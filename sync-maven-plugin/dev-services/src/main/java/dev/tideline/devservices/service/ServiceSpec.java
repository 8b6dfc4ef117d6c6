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
 * @param port the port that a service of the user's own listens on inside its container; 0 for Tideline's services
 * @param readyWhen by what a service of the user's own is known to be ready, see {@link ReadyWhen#parse}; else empty
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
        boolean durable,
        int port,
        String readyWhen) {

    /** Copies the collections. */
    public ServiceSpec {
        settings = Map.copyOf(settings);
        environment = Map.copyOf(environment);
        databases = List.copyOf(databases);
        roles = Map.copyOf(roles);
        initScripts = List.copyOf(initScripts);
    }

    /** One of Tideline's services; see the record for the parameters. */
    public ServiceSpec(
            String name,
            String version,
            String image,
            Map<String, String> settings,
            Map<String, String> environment,
            List<String> databases,
            Map<String, String> roles,
            List<Path> initScripts,
            boolean durable) {
        this(name, version, image, settings, environment, databases, roles, initScripts, durable, 0, "");
    }

    /**
     * A service of the user's own.
     *
     * @param name lower-case words joined by hyphens
     * @param port that it listens on inside the container
     * @param readyWhen see {@link ReadyWhen#parse}
     */
    public static ServiceSpec custom(
            String name, String image, Map<String, String> environment, int port, String readyWhen) {
        return new ServiceSpec(
                name, "", image, Map.of(), environment, List.of(), Map.of(), List.of(), true, port, readyWhen);
    }

    /** Whether it is a service of the user's own, and not one of Tideline's. */
    public boolean isCustom() {
        return port != 0;
    }

    ServiceSpec with(String otherVersion, String otherImage, boolean otherDurable) {
        return new ServiceSpec(
                name,
                otherVersion,
                otherImage,
                settings,
                environment,
                databases,
                roles,
                initScripts,
                otherDurable,
                port,
                readyWhen);
    }

    /** A service with defaults only: default version, durable. */
    public static ServiceSpec of(String name) {
        return new ServiceSpec(name, "", "", Map.of(), Map.of(), List.of(), Map.of(), List.of(), true);
    }

    /**
     * Everything that has to be equal for a running service to be reused. Databases, roles and scripts are not part of
     * it: they are applied while the service runs.
     */
    public String fingerprint() {
        return String.join(
                        "|",
                        version,
                        image,
                        new TreeMap<>(settings).toString(),
                        new TreeMap<>(environment).toString(),
                        durable ? "durable" : "fast")
                + (isCustom() ? "|" + port + "|" + readyWhen : "");
    }

    /** What a later process needs to start the service again unchanged: the input of {@link #fingerprint}. */
    public Properties toProperties() {
        Properties properties = new Properties();
        properties.setProperty("name", name);
        properties.setProperty("version", version);
        properties.setProperty("image", image);
        settings.forEach((key, value) -> properties.setProperty("setting." + key, value));
        environment.forEach((key, value) -> properties.setProperty("environment." + key, value));
        properties.setProperty("durable", Boolean.toString(durable));
        if (isCustom()) {
            properties.setProperty("port", Integer.toString(port));
            properties.setProperty("readyWhen", readyWhen);
        }
        return properties;
    }

    /** The inverse of {@link #toProperties()}, without what is applied while the service runs. */
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
                Boolean.parseBoolean(properties.getProperty("durable")),
                Integer.parseInt(properties.getProperty("port", "0")),
                properties.getProperty("readyWhen", ""));
    }

    private static Map<String, String> below(String start, Properties properties) {
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(start))
                .collect(Collectors.toMap(name -> name.substring(start.length()), properties::getProperty));
    }
}
