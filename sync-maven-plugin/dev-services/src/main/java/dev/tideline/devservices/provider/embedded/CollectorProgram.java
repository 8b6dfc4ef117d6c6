package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.service.CollectorService;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceType;
import dev.tideline.web.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

record CollectorProgram() implements JvmProgram {

    @Override
    public ServiceType type() {
        return new CollectorService();
    }

    @Override
    public String artifactId() {
        return "tideline-collector";
    }

    @Override
    public String mainClass() {
        return "dev.tideline.collector.CollectorMain";
    }

    @Override
    public Set<String> settings() {
        return Set.of("allowed-hosts");
    }

    /** The heap with which its limits were measured. */
    @Override
    public int heapMegabytes(Map<String, String> settings) {
        return 96;
    }

    @Override
    public List<String> arguments(ServiceRecord record, Map<String, String> settings) {
        List<String> words = new ArrayList<>(List.of(
                "--page-port=" + record.ports().get(CollectorService.TRACES),
                "--otlp-port=" + record.ports().get(CollectorService.OTLP)));
        words.addAll(Arguments.words(settings));
        return words;
    }
}
