package dev.tideline.maven.provider.embedded;

import dev.tideline.maven.launchpad.LaunchpadMain;
import dev.tideline.maven.service.LaunchpadService;
import dev.tideline.maven.service.ServiceType;
import dev.tideline.ports.PrefixRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The launchpad. */
record LaunchpadProgram() implements JvmProgram {

    private static final String ALLOWED_HOSTS = "allowed-hosts";

    @Override
    public ServiceType type() {
        return new LaunchpadService();
    }

    @Override
    public String mainClass() {
        return LaunchpadMain.class.getName();
    }

    @Override
    public Set<String> settings() {
        return Set.of(ALLOWED_HOSTS);
    }

    /** It holds nothing but what it shows. */
    @Override
    public int heapMegabytes(Map<String, String> settings) {
        return 32;
    }

    @Override
    public List<String> arguments(Map<String, Integer> ports, Map<String, String> settings) {
        List<String> words = new ArrayList<>(List.of("--port=" + ports.get(LaunchpadService.NAME)));
        for (String host : settings.getOrDefault(ALLOWED_HOSTS, "").split(",")) {
            if (!host.isBlank()) {
                words.add("--allow-host=" + host.strip());
            }
        }
        return words;
    }

    /** The registry that this build uses, wherever it is. */
    @Override
    public Map<String, String> environment() {
        return Map.of(
                LaunchpadMain.REGISTRY,
                PrefixRegistry.userLevel().file().getParent().toString());
    }
}
