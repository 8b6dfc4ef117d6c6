package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.service.LaunchpadService;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceType;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.web.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

record LaunchpadProgram() implements JvmProgram {

    @Override
    public ServiceType type() {
        return new LaunchpadService();
    }

    @Override
    public String artifactId() {
        return "tideline-dev-services";
    }

    @Override
    public String mainClass() {
        return "dev.tideline.devservices.launchpad.LaunchpadMain";
    }

    @Override
    public Set<String> settings() {
        return Set.of("allowed-hosts");
    }

    /** It holds nothing but what it shows. */
    @Override
    public int heapMegabytes(Map<String, String> settings) {
        return 32;
    }

    @Override
    public List<String> arguments(ServiceRecord record, Map<String, String> settings) {
        List<String> words = new ArrayList<>(List.of("--port=" + record.ports().get(LaunchpadService.NAME)));
        words.addAll(Arguments.words(settings));
        return words;
    }

    /** The registry that this build uses, wherever it is. */
    @Override
    public Map<String, String> environment() {
        return PrefixRegistry.userLevel()
                .directory()
                .map(folder -> Map.of(LaunchpadService.REGISTRY, folder.toString()))
                .orElse(Map.of());
    }
}
