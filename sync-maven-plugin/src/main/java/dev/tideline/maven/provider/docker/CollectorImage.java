package dev.tideline.maven.provider.docker;

import dev.tideline.maven.service.CollectorService;
import dev.tideline.maven.service.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jaeger, which has both a page and an OTLP/HTTP receiver, or an image that listens on the same ports. */
record CollectorImage() implements ServiceImage {

    private static final int PAGE = 16686;
    private static final int OTLP = 4318;

    @Override
    public String repository() {
        return "jaegertracing/jaeger";
    }

    @Override
    public String tag() {
        return "2.17.0";
    }

    @Override
    public Map<String, Integer> ports() {
        return Map.of(CollectorService.TRACES, PAGE, CollectorService.OTLP, OTLP);
    }

    @Override
    public Map<String, String> environment(ServiceSpec spec) {
        return Map.of();
    }

    @Override
    public List<String> command(ServiceSpec spec, String token) {
        return List.of();
    }

    @Override
    public Optional<String> dataFolder() {
        return Optional.empty();
    }

    @Override
    public int secondsToEnd() {
        return 0;
    }

    @Override
    public boolean isDatabase() {
        return false;
    }
}
