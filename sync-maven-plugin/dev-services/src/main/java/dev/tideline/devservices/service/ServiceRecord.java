package dev.tideline.devservices.service;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is written down about a service before it is started, so that any later process can find, judge and end it.
 *
 * @param service its name
 * @param provider who runs it
 * @param version its full version
 * @param fingerprint see {@link ServiceSpec#fingerprint()}
 * @param token random text that the running service carries
 * @param handle process id; empty until it is known, and for providers that have other handles
 * @param startedAt start time of the process, or of the request as long as the process is not known
 * @param ports its ports by name
 * @param data where its data is
 * @param log where its messages go
 * @param home where its programs are, a folder or a class path; empty if the provider has none on disk
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

    /**
     * The record with its process.
     *
     * @param pid process id
     * @param at when the process started
     * @return a copy
     */
    public ServiceRecord withProcess(long pid, Instant at) {
        return new ServiceRecord(
                service, provider, version, fingerprint, token, OptionalLong.of(pid), at, ports, data, log, home);
    }

    /**
     * The record as it is written down before its process is started again.
     *
     * @param at now
     * @return a copy with the same token, so that whoever looks after the service still knows it
     */
    public ServiceRecord withoutProcess(Instant at) {
        return new ServiceRecord(
                service, provider, version, fingerprint, token, OptionalLong.empty(), at, ports, data, log, home);
    }

    /**
     * The record with the place of its programs.
     *
     * @param place a folder, or a class path
     * @return a copy
     */
    public ServiceRecord withHome(String place) {
        return new ServiceRecord(
                service, provider, version, fingerprint, token, handle, startedAt, ports, data, log, place);
    }

    /** @return where it is reached */
    public ServiceAddress address() {
        return new ServiceAddress("127.0.0.1", ports);
    }

    /** @return its ports in words: {@code port 8128}, or {@code ports 8107 (traces), 8131 (otlp)} */
    public String portsInWords() {
        if (ports.size() == 1) {
            return "port " + ports.values().iterator().next();
        }
        return ports.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(port -> port.getValue() + " (" + port.getKey() + ")")
                .collect(Collectors.joining(", ", "ports ", ""));
    }

    /** @return the record as it is written to disk */
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

    /**
     * Reads a record back.
     *
     * @param properties what {@link #toProperties()} gave
     * @return the record
     */
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
