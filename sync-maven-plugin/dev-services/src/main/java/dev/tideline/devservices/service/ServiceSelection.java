package dev.tideline.devservices.service;

import dev.tideline.devservices.DevServicesException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which services are meant: those given on the command line, else those configured, else all.
 *
 * @param durable whether services that are not configured wait for the disk
 */
public record ServiceSelection(ServiceCatalogue catalogue, boolean durable) {

    /**
     * Selects services.
     *
     * @param names from the command line: separated by commas, each optionally with {@code :version}; may be null
     * @param images returns the image given on the command line for a service, or null
     * @param configured may be empty
     * @throws DevServicesException if there is no such service, or one is configured twice
     */
    public List<ServiceSpec> select(String names, UnaryOperator<String> images, List<ServiceSpec> configured) {
        return choose(names, configured).stream()
                .map(spec -> withImage(spec, images.apply(spec.name())))
                .toList();
    }

    private List<ServiceSpec> choose(String names, List<ServiceSpec> configured) {
        Map<String, ServiceSpec> byName = new LinkedHashMap<>();
        for (ServiceSpec spec : configured) {
            CustomServiceRules.check(spec, catalogue);
            if (byName.put(spec.name(), spec) != null) {
                throw new DevServicesException(
                        "Service '" + spec.name() + "' is listed twice in the plugin's <services>. Keep one of them.");
            }
        }
        if (names != null && !names.isBlank()) {
            return named(names, byName);
        }
        if (!byName.isEmpty()) {
            return List.copyOf(byName.values());
        }
        return catalogue.names().stream().map(this::plain).toList();
    }

    private List<ServiceSpec> named(String names, Map<String, ServiceSpec> configured) {
        List<ServiceSpec> chosen = new ArrayList<>();
        for (String part : names.split(",")) {
            String[] nameAndVersion = part.strip().split(":", 2);
            String name = nameAndVersion[0].strip();
            ServiceSpec spec = Optional.ofNullable(configured.get(name))
                    .orElseGet(() -> plain(catalogue.type(name).name()));
            if (spec.isCustom() && nameAndVersion.length == 2) {
                throw new DevServicesException(
                        "Service '" + name + "' has an image instead of versions. Give another one with"
                                + " -Dtideline.image." + name + "=…");
            }
            if (chosen.stream().noneMatch(other -> other.name().equals(name))) {
                chosen.add(nameAndVersion.length == 2 ? withVersion(spec, nameAndVersion[1].strip()) : spec);
            }
        }
        return chosen;
    }

    private ServiceSpec plain(String name) {
        return withVersion(ServiceSpec.of(name), "");
    }

    /** The command line overrides image and version of the POM. */
    private static ServiceSpec withImage(ServiceSpec spec, String image) {
        if (image == null || image.isBlank()) {
            return spec;
        }
        return spec.with("", image.strip(), spec.durable());
    }

    private ServiceSpec withVersion(ServiceSpec spec, String version) {
        // A version on the command line means the usual image in that version.
        return spec.with(version, version.isBlank() ? spec.image() : "", durable);
    }
}
