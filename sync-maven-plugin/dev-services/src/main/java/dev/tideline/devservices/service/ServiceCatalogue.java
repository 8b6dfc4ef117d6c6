package dev.tideline.devservices.service;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The services that can be asked for, in the order in which they are shown. Immutable. */
public final class ServiceCatalogue {

    private final Map<String, ServiceType> types = new LinkedHashMap<>();

    /**
     * A catalogue of these services.
     *
     * @param types the services
     */
    public ServiceCatalogue(List<ServiceType> types) {
        types.forEach(type -> this.types.put(type.name(), type));
    }

    /** @return what the plugin offers */
    public static ServiceCatalogue standard() {
        return new ServiceCatalogue(List.of(
                new LaunchpadService(),
                new PostgresService("postgres"),
                new PostgresService("external-postgres"),
                new MailService(),
                new CollectorService()));
    }

    /** @return all names, in order */
    public List<String> names() {
        return List.copyOf(types.keySet());
    }

    /**
     * A service by name.
     *
     * @param name what the user wrote
     * @return the service
     * @throws DevServicesException if there is none of this name
     */
    public ServiceType type(String name) {
        ServiceType type = types.get(name);
        if (type == null) {
            throw new DevServicesException("There is no service '" + name + "'." + NearestName.question(name, names())
                    + " The services are: " + String.join(", ", names()) + ".");
        }
        return type;
    }
}
