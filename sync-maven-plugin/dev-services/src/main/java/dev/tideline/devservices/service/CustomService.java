package dev.tideline.devservices.service;

import dev.tideline.devservices.readiness.HttpProbe;
import dev.tideline.devservices.readiness.TcpProbe;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service of the user's own, of which Tideline knows only what the user wrote. It runs as a container, and its data
 * is deleted with that.
 *
 * @param name also the name of its port
 */
public record CustomService(String name, ReadyWhen readyWhen) implements ServiceType {

    static CustomService of(ServiceSpec spec) {
        return new CustomService(spec.name(), ReadyWhen.parse(spec.name(), spec.readyWhen()));
    }

    @Override
    public String title() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('-', ' ');
    }

    @Override
    public List<String> ports() {
        return List.of(name);
    }

    @Override
    public boolean isPage(String port) {
        return readyWhen.kind() == ReadyWhen.Kind.HTTP;
    }

    @Override
    public boolean keepsData() {
        return false;
    }

    /** Only the engine knows log and health, so those are checked there. */
    @Override
    public void probe(ServiceAddress address) throws IOException {
        switch (readyWhen.kind()) {
            case TCP -> new TcpProbe(address.host(), address.port(name)).ask();
            case HTTP -> new HttpProbe(URI.create(address.httpUrl(name) + readyWhen.argument())).getAnything();
            case LOG, HEALTHY -> {}
        }
    }

    /** There is nothing to prepare: the image does that. */
    @Override
    public void furnish(ServiceAddress address, ServiceSpec spec, boolean freshData) {}

    @Override
    public Map<String, String> properties(ServiceAddress address) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(name + ".host", address.host());
        properties.put(name + ".port", Integer.toString(address.port(name)));
        if (isPage(name)) {
            properties.put(name + ".url", address.httpUrl(name));
        }
        return properties;
    }

    @Override
    public List<HowToConnect> waysToConnect(ServiceAddress address) {
        return List.of(
                isPage(name)
                        ? new HowToConnect("URL", address.httpUrl(name))
                        : new HowToConnect("Address", address.host() + ":" + address.port(name)));
    }
}
