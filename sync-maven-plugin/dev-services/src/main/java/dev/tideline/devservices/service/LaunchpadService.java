package dev.tideline.devservices.service;

import dev.tideline.devservices.readiness.HttpProbe;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A page that links every service of a workspace. */
public record LaunchpadService() implements ServiceType {

    /** Name of the service and of its port. */
    public static final String NAME = "launchpad";

    /**
     * Environment variable of the launchpad's process with the folder of the registry of workspaces. If it is unset,
     * the launchpad reads the user's registry.
     */
    public static final String REGISTRY = "TIDELINE_REGISTRY";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Launchpad";
    }

    @Override
    public List<String> ports() {
        return List.of(NAME);
    }

    @Override
    public boolean keepsData() {
        return false;
    }

    @Override
    public void probe(ServiceAddress address) throws IOException {
        new HttpProbe(URI.create(address.httpUrl(NAME) + "/healthz")).get();
    }

    /** There is nothing to prepare. */
    @Override
    public void furnish(ServiceAddress address, ServiceSpec spec, boolean freshData) {}

    @Override
    public Map<String, String> properties(ServiceAddress address) {
        return Map.of("launchpad.url", address.httpUrl(NAME));
    }

    @Override
    public List<HowToConnect> waysToConnect(ServiceAddress address) {
        return List.of(
                new HowToConnect("What it shows, as JSON", "curl " + address.httpUrl(NAME) + "/api/v1/workspace"));
    }
}
