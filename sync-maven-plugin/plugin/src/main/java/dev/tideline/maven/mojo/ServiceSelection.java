package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Which services a goal is about: those of {@code -Dtideline.services}, else those of the POM, else all. */
final class ServiceSelection {

    private final ServiceCatalogue catalogue;
    private final boolean durable;

    ServiceSelection(ServiceCatalogue catalogue, boolean durable) {
        this.catalogue = catalogue;
        this.durable = durable;
    }

    /**
     * The services.
     *
     * @param typed properties given with -D: {@code tideline.services}, comma-separated names, each with {@code :version} if
     *     wanted; {@code tideline.image.<service>}, its image
     * @param configured services of the POM, may be null
     */
    List<ServiceSpec> select(Properties typed, List<ServiceParameter> configured) {
        return choose(typed.getProperty("tideline.services"), configured).stream()
                .map(spec -> withImage(spec, typed.getProperty("tideline.image." + spec.name())))
                .toList();
    }

    private List<ServiceSpec> choose(String names, List<ServiceParameter> configured) {
        Map<String, ServiceSpec> byName = new LinkedHashMap<>();
        for (ServiceParameter parameter : configured == null ? List.<ServiceParameter>of() : configured) {
            catalogue.type(parameter.name());
            if (byName.put(parameter.name(), parameter.spec(durable)) != null) {
                throw new DevServicesException("Service '" + parameter.name()
                        + "' stands twice in the plugin's <services>. Keep one of them.");
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
            String name = catalogue.type(nameAndVersion[0].strip()).name();
            ServiceSpec spec = configured.getOrDefault(name, plain(name));
            if (chosen.stream().noneMatch(other -> other.name().equals(name))) {
                chosen.add(nameAndVersion.length == 2 ? withVersion(spec, nameAndVersion[1].strip()) : spec);
            }
        }
        return chosen;
    }

    private ServiceSpec plain(String name) {
        return withVersion(ServiceSpec.of(name), "");
    }

    /** What is typed beats image and version of the POM. */
    private static ServiceSpec withImage(ServiceSpec spec, String image) {
        if (image == null || image.isBlank()) {
            return spec;
        }
        return new ServiceSpec(
                spec.name(),
                "",
                image.strip(),
                spec.settings(),
                spec.environment(),
                spec.databases(),
                spec.roles(),
                spec.initScripts(),
                spec.durable());
    }

    private ServiceSpec withVersion(ServiceSpec spec, String version) {
        return new ServiceSpec(
                spec.name(),
                version,
                // A version that was typed means the usual image in that version.
                version.isBlank() ? spec.image() : "",
                spec.settings(),
                spec.environment(),
                spec.databases(),
                spec.roles(),
                spec.initScripts(),
                durable);
    }
}
