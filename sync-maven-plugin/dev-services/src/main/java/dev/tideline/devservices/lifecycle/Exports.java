package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.FailureAdvice;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.service.ServiceType;
import dev.tideline.ports.WorkspacePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a build learns about its services.
 *
 * @param properties name, with the leading {@code tideline.}, and value
 */
public record Exports(Map<String, String> properties) {

    /**
     * Collects the properties of all ports and of the running services.
     *
     * @param specs the requested services
     * @param services the running ones, in the same order
     */
    public static Exports of(WorkspacePorts ports, List<ServiceSpec> specs, List<ServiceRecord> services) {
        Map<String, String> all = new LinkedHashMap<>();
        ports.table()
                .services()
                .forEach(service -> all.put(service.property(), Integer.toString(ports.port(service.name()))));
        Iterator<ServiceSpec> asked = specs.iterator();
        for (ServiceRecord record : services) {
            String prefix = "tideline." + record.service();
            ServiceSpec spec = asked.next();
            ServiceType type = ServiceCatalogue.standard().type(spec);
            type.properties(record.address()).forEach((name, value) -> all.put("tideline." + name, value));
            all.put(prefix + ".version", record.version());
            if (!record.data().toString().isEmpty()) {
                type.properties(record.data(), spec).forEach((name, value) -> all.put("tideline." + name, value));
                if (type.keepsData()) {
                    all.put(prefix + ".dataDirectory", record.data().toString());
                }
            }
            all.put(prefix + ".log", record.log().toString());
            if (!record.home().isEmpty()) {
                all.put(prefix + ".home", record.home());
            }
        }
        return new Exports(all);
    }

    /**
     * Writes {@code ports.properties}, and {@code ports.env} for {@code source} and direnv, into a folder that is
     * created if absent.
     */
    public void writeTo(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("ports.properties"),
                    lines(entry -> entry.getKey() + "=" + escaped(entry.getValue())));
            Files.writeString(
                    folder.resolve("ports.env"),
                    lines(entry -> "export " + variable(entry.getKey()) + "=" + quoted(entry.getValue())));
        } catch (IOException e) {
            throw new DevServicesException(
                    "Cannot write ports.properties and ports.env to " + folder + ": " + e + ". "
                            + FailureAdvice.on(e, folder),
                    e);
        }
    }

    private String lines(Function<Map.Entry<String, String>, String> line) {
        return properties.entrySet().stream().map(line).collect(Collectors.joining("\n", "", "\n"));
    }

    /** {@code tideline.postgres.jdbcUrl} becomes {@code TIDELINE_POSTGRES_JDBC_URL}. */
    private static String variable(String property) {
        return property.replaceAll("([a-z])([A-Z])", "$1_$2")
                .replaceAll("[.-]", "_")
                .toUpperCase(Locale.ROOT);
    }

    /** As {@link java.util.Properties} reads it, also from a stream, which it decodes as ISO 8859-1. */
    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        value.chars().forEach(c -> {
            if (c == '\\' || (c == ' ' && text.isEmpty())) {
                text.append('\\').append((char) c);
            } else if (c < ' ' || c > '~') {
                text.append(String.format("\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }

    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:@-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
