package dev.tideline.devservices.service;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The services that can be asked for, in the order in which they are shown: Tideline's, and those of the user's own that are
 * known.
 */
public final class ServiceCatalogue {

    private static final Map<String, ServiceType> TIDELINES = Stream.<ServiceType>of(
                    new LaunchpadService(),
                    new PostgresService("postgres"),
                    new PostgresService("external-postgres"),
                    new MailService(),
                    new CollectorService())
            .collect(Collectors.toMap(ServiceType::name, type -> type, (a, b) -> a, LinkedHashMap::new));

    private final Supplier<List<ServiceSpec>> known;

    private ServiceCatalogue(Supplier<List<ServiceSpec>> known) {
        this.known = known;
    }

    /** @return what the plugin offers */
    public static ServiceCatalogue standard() {
        return new ServiceCatalogue(List::of);
    }

    /**
     * What the plugin offers, and services of the user's own.
     *
     * @param known specs of services, asked each time, since one may be started meanwhile; those of Tideline's are passed over
     * @return the catalogue
     */
    public static ServiceCatalogue with(Supplier<List<ServiceSpec>> known) {
        return new ServiceCatalogue(known);
    }

    /**
     * Whether a name is one of Tideline's services.
     *
     * @param name a service's name
     * @return false for services of the user's own
     */
    public static boolean isTidelines(String name) {
        return TIDELINES.containsKey(name);
    }

    /** @return all names, in order */
    public List<String> names() {
        return Stream.concat(TIDELINES.keySet().stream(), custom().map(ServiceSpec::name))
                .distinct()
                .toList();
    }

    /**
     * A service that is asked for.
     *
     * @param spec what is asked for
     * @return the service
     * @throws DevServicesException if there is none of this name, and the spec does not describe it
     */
    public ServiceType type(ServiceSpec spec) {
        return spec.isCustom() ? CustomService.of(spec) : type(spec.name());
    }

    /**
     * A service that was started.
     *
     * @param record what is written down about it
     * @return the service; where a killed build has left no spec of one of the user's own, one of which little is known
     */
    public ServiceType type(ServiceRecord record) {
        String name = record.service();
        return isTidelines(name)
                ? type(name)
                : custom(name).orElseGet(() -> new CustomService(name, ReadyWhen.parse(name, "")));
    }

    /**
     * A service by name.
     *
     * @param name what the user wrote
     * @return the service
     * @throws DevServicesException if there is none of this name
     */
    public ServiceType type(String name) {
        return Optional.ofNullable(TIDELINES.get(name))
                .or(() -> custom(name))
                .orElseThrow(() -> new DevServicesException(
                        "There is no service '" + name + "'." + NearestName.question(name, names())
                                + " The services are: " + String.join(", ", names()) + "."));
    }

    private Optional<ServiceType> custom(String name) {
        return custom().filter(spec -> spec.name().equals(name)).findFirst().map(CustomService::of);
    }

    private Stream<ServiceSpec> custom() {
        return known.get().stream().filter(ServiceSpec::isCustom);
    }
}
