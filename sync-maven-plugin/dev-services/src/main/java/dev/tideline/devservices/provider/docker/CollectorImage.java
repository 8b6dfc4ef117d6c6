package dev.tideline.devservices.provider.docker;

import dev.tideline.devservices.service.CollectorService;
import java.util.Map;

/** Jaeger, which has both a page and an OTLP/HTTP receiver, or an image with the same ports. */
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
}
