package dev.tideline.maven.provider.embedded;

import dev.tideline.maven.collector.CollectorMain;
import dev.tideline.maven.service.CollectorService;
import dev.tideline.maven.service.ServiceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The collector. */
record CollectorProgram() implements JvmProgram {

    private static final String ALLOWED_HOSTS = "allowed-hosts";

    @Override
    public ServiceType type() {
        return new CollectorService();
    }

    @Override
    public String mainClass() {
        return CollectorMain.class.getName();
    }

    @Override
    public Set<String> settings() {
        return Set.of(ALLOWED_HOSTS);
    }

    /** What its limits were measured with. */
    @Override
    public int heapMegabytes(Map<String, String> settings) {
        return 96;
    }

    @Override
    public List<String> arguments(Map<String, Integer> ports, Map<String, String> settings) {
        List<String> words = new ArrayList<>(List.of(
                "--page-port", ports.get(CollectorService.TRACES).toString(),
                "--otlp-port", ports.get(CollectorService.OTLP).toString()));
        for (String host : settings.getOrDefault(ALLOWED_HOSTS, "").split(",")) {
            if (!host.isBlank()) {
                words.addAll(List.of("--allow-host", host.strip()));
            }
        }
        return words;
    }
}
