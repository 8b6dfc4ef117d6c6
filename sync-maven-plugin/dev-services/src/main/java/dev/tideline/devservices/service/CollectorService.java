package dev.tideline.devservices.service;

import dev.tideline.devservices.readiness.HttpProbe;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An OTLP/HTTP collector with a page and a query API. */
public record CollectorService() implements ServiceType {

    public static final String NAME = "collector";

    /** Port of the page and the query API. */
    public static final String TRACES = "traces";

    /** Port of the OTLP/HTTP receiver. */
    public static final String OTLP = "otlp";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Collector";
    }

    @Override
    public List<String> ports() {
        return List.of(TRACES, OTLP);
    }

    @Override
    public boolean keepsData() {
        return false;
    }

    @Override
    public void probe(ServiceAddress address) throws IOException {
        new HttpProbe(URI.create(address.httpUrl(TRACES) + "/")).get();
        // An empty body is an empty export: answered like any other, and nothing is stored.
        new HttpProbe(URI.create(address.httpUrl(OTLP) + "/v1/traces")).postNothing("application/x-protobuf");
    }

    /** There is nothing to prepare. */
    @Override
    public void furnish(ServiceAddress address, ServiceSpec spec, boolean freshData) {}

    @Override
    public Map<String, String> properties(ServiceAddress address) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("traces.url", address.httpUrl(TRACES));
        properties.put("otlp.url", address.httpUrl(OTLP));
        return properties;
    }

    @Override
    public List<HowToConnect> waysToConnect(ServiceAddress address) {
        String otlp = address.httpUrl(OTLP);
        return List.of(
                new HowToConnect(
                        "Environment",
                        "export OTEL_EXPORTER_OTLP_ENDPOINT=" + otlp
                                + "\nexport OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"),
                new HowToConnect(
                        "Java agent",
                        "-Dotel.exporter.otlp.endpoint=" + otlp + " -Dotel.exporter.otlp.protocol=http/protobuf"),
                new HowToConnect("OTLP/HTTP", otlp),
                new HowToConnect("Spans, as JSON", "curl " + address.httpUrl(TRACES) + "/api/v1/spans"));
    }
}
