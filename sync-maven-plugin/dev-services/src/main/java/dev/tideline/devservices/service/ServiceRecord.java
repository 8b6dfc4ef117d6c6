package dev.tideline.devservices.service;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The record of a service, written before it is started, so that any later process can find, check and end it.
 *
 * @param provider that runs it
 * @param version full version
 * @param fingerprint see {@link ServiceSpec#fingerprint()}
 * @param token random text that identifies the running service
 * @param handle process id; empty until it is known, and for providers that have other handles
 * @param startedAt start time of the process, or of the request as long as the process is unknown
 * @param ports by name
 * @param home folder of its programs, or their class path; empty if not on disk
 */
public record ServiceRecord(
        String service,
        String provider,
        String version,
        String fingerprint,
        String token,
        OptionalLong handle,
        Instant startedAt,
        Map<String, Integer> ports,
        Path data,
        Path log,
        String home) {

    /** The record with its process. */
    public ServiceRecord withProcess(long pid, Instant at) {
        return new ServiceRecord(
                service, provider, version, fingerprint, token, OptionalLong.of(pid), at, ports, data, log, home);
    }

    /**
     * The record as written before its process is started again, with the same token, so that whoever watches the
     * service still recognizes it.
     */
    public ServiceRecord withoutProcess(Instant at) {
        return new ServiceRecord(
                service, provider, version, fingerprint, token, OptionalLong.empty(), at, ports, data, log, home);
    }

    /** The record with the place of its programs: a folder, or a class path. */
    public ServiceRecord withHome(String place) {
        return new ServiceRecord(
                service, provider, version, fingerprint, token, handle, startedAt, ports, data, log, place);
    }

    public ServiceAddress address() {
        return new ServiceAddress("127.0.0.1", ports);
    }

    /** {@code port 8128}, or {@code ports 8107 (traces), 8131 (otlp)}. */
    public String portsInWords() {
        if (ports.size() == 1) {
            return "port " + ports.values().iterator().next();
        }
        return ports.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(port -> port.getValue() + " (" + port.getKey() + ")")
                .collect(Collectors.joining(", ", "ports ", ""));
    }

    /** The record as it is stored. */
    public Properties toProperties() {
        Properties properties = new Properties();
        properties.setProperty("service", service);
        properties.setProperty("provider", provider);
        properties.setProperty("version", version);
        properties.setProperty("fingerprint", fingerprint);
        properties.setProperty("token", token);
        handle.ifPresent(pid -> properties.setProperty("pid", Long.toString(pid)));
        properties.setProperty("startedAt", startedAt.toString());
        ports.forEach((name, port) -> properties.setProperty("port." + name, Integer.toString(port)));
        properties.setProperty("data", data.toString());
        properties.setProperty("log", log.toString());
        properties.setProperty("home", home);
        return properties;
    }

    /** The inverse of {@link #toProperties()}. */
    public static ServiceRecord of(Properties properties) {
        String pid = properties.getProperty("pid");
        return new ServiceRecord(
                properties.getProperty("service"),
                properties.getProperty("provider"),
                properties.getProperty("version"),
                properties.getProperty("fingerprint"),
                properties.getProperty("token"),
                pid == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pid)),
                Instant.parse(properties.getProperty("startedAt")),
                properties.stringPropertyNames().stream()
                        .filter(name -> name.startsWith("port."))
                        .collect(Collectors.toMap(
                                name -> name.substring("port.".length()),
                                name -> Integer.valueOf(properties.getProperty(name)),
                                (a, b) -> a,
                                TreeMap::new)),
                Path.of(properties.getProperty("data")),
                Path.of(properties.getProperty("log")),
                properties.getProperty("home"));
    }
}
