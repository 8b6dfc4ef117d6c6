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

/** The available services, in the order in which they are shown: Tideline's, and the known ones of the user's own. */
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

    /** Tideline's services. */
    public static ServiceCatalogue standard() {
        return new ServiceCatalogue(List::of);
    }

    /**
     * Tideline's services and the user's own.
     *
     * @param known specs of services, called each time, because one may be started later; Tideline's are ignored
     */
    public static ServiceCatalogue with(Supplier<List<ServiceSpec>> known) {
        return new ServiceCatalogue(known);
    }

    /** Whether a name is one of Tideline's services. */
    public static boolean isTidelines(String name) {
        return TIDELINES.containsKey(name);
    }

    /** All names, in order. */
    public List<String> names() {
        return Stream.concat(TIDELINES.keySet().stream(), custom().map(ServiceSpec::name))
                .distinct()
                .toList();
    }

    /**
     * The type of a requested service.
     *
     * @throws DevServicesException if there is none of this name, and the spec does not describe it
     */
    public ServiceType type(ServiceSpec spec) {
        return spec.isCustom() ? CustomService.of(spec) : type(spec.name());
    }

    /**
     * The type of a started service; a generic one for a service of the user's own of which a killed build left no
     * spec.
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
     * @throws DevServicesException if there is none
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
