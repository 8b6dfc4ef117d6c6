package dev.tideline.ports;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The services and their suffixes, read from the resource {@value #RESOURCE}. Immutable. */
public final class PortTable {
    /** The resource, beside this class, that contains the numbers. */
    public static final String RESOURCE = "ports.txt";

    /**
     * Suffix of SMTP over TLS. The mail server takes it only on request, so no table lists it; extra ports leave it
     * free.
     */
    public static final int SMTPS = 65;

    /** Suffix of POP3 over TLS; likewise. */
    public static final int POP3S = 95;

    private static final PortTable STANDARD = read();

    private final Map<String, ServicePort> byName;

    /**
     * @throws IllegalArgumentException if two services share a name or a suffix
     */
    public PortTable(Collection<ServicePort> services) {
        Map<String, ServicePort> names = new LinkedHashMap<>();
        Map<Integer, ServicePort> suffixes = new LinkedHashMap<>();
        for (ServicePort service : services) {
            ServicePort other = suffixes.putIfAbsent(service.suffix(), service);
            if (other != null) {
                throw new IllegalArgumentException("Suffix " + service.suffixText() + " is given to both '"
                        + other.name() + "' and '" + service.name() + "'.");
            }
            if (names.putIfAbsent(service.name(), service) != null) {
                throw new IllegalArgumentException("Service '" + service.name() + "' is listed twice.");
            }
        }
        byName = names;
    }

    /** The table that Tideline ships; always the same object. */
    public static PortTable standard() {
        return STANDARD;
    }

    /** All services in the table's order, unmodifiable. */
    public List<ServicePort> services() {
        return List.copyOf(byName.values());
    }

    /** The service with this name, if there is one. */
    public Optional<ServicePort> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The service with this name.
     *
     * @throws PortConfigException if there is none; the message lists the names
     */
    public ServicePort service(String name) {
        return find(name)
                .orElseThrow(() -> new PortConfigException("There is no service '" + name
                        + "' in the port table. The services are: " + String.join(", ", byName.keySet()) + "."));
    }

    private static PortTable read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(PortTable.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
            return new PortTable(lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(PortTable::parse)
                    .collect(Collectors.toCollection(ArrayList::new)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the port table " + RESOURCE, e);
        }
    }

    private static ServicePort parse(String line) {
        String[] columns = line.split("\\s+", 4);
        return new ServicePort(
                Integer.parseInt(columns[0]),
                columns[1],
                ServicePort.Kind.valueOf(columns[2].toUpperCase(Locale.ROOT)),
                columns[3].strip());
    }
}
