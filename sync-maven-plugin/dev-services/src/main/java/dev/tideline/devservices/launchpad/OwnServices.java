package dev.tideline.devservices.launchpad;

import dev.tideline.devservices.lifecycle.ServiceUser;
import dev.tideline.devservices.lifecycle.StateFolder;
import dev.tideline.devservices.provider.embedded.EmbeddedProvider;
import dev.tideline.devservices.provider.embedded.EmbeddedService;
import dev.tideline.devservices.service.LaunchpadService;
import dev.tideline.devservices.service.ServiceAddress;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceType;
import dev.tideline.ports.ExtraPorts;
import dev.tideline.ports.ServicePort;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The services of the workspace itself. */
final class OwnServices {

    /** Longer than any start: what is still silent then will stay so. */
    private static final Duration STARTING = Duration.ofSeconds(60);

    private final ServiceCatalogue catalogue;
    private final LaunchpadConfig config;
    private final StateFolder state;
    private final Controls controls;
    private final Executor probes;

    OwnServices(LaunchpadConfig config, Controls controls, Executor probes) {
        this.config = config;
        this.controls = controls;
        this.state = StateFolder.of(config.workspace(), config.prefix());
        this.catalogue = ServiceCatalogue.with(state::specs);
        this.probes = probes;
    }

    /** All started services except the launchpad itself, each asked now. */
    List<View.Service> services() {
        List<ServiceUser> users = state.users();
        List<String> order = catalogue.names();
        return atOnce(
                state.services().stream()
                        .filter(record -> !record.service().equals(LaunchpadService.NAME))
                        .sorted(Comparator.comparingInt(record -> order.indexOf(record.service())))
                        .toList(),
                record -> service(record, users));
    }

    /** The ports of the block that belong to no started service. */
    List<View.Port> otherPorts() {
        List<String> used = state.services().stream()
                .flatMap(record -> record.ports().keySet().stream())
                .toList();
        return atOnce(
                ExtraPorts.table(ExtraPorts.of(config.workspace())).services().stream()
                        .filter(port ->
                                !used.contains(port.name()) && !port.name().equals(LaunchpadService.NAME))
                        .toList(),
                this::port);
    }

    private View.Service service(ServiceRecord record, List<ServiceUser> users) {
        ServiceType type = catalogue.type(record);
        ServiceAddress address = record.address();
        return new View.Service(
                record.service(),
                type.title(),
                controls.health(record.service()).orElseGet(() -> health(record)),
                record.version(),
                record.provider()
                        + (record.handle().isPresent()
                                ? ", pid " + record.handle().getAsLong()
                                : ""),
                users.stream()
                        .filter(user -> user.services().contains(record.service()) && user.isAlive())
                        .map(ServiceUser::description)
                        .toList(),
                new TreeMap<>(record.ports()),
                pages(type, address),
                type.waysToConnect(address),
                record.log(),
                record.startedAt(),
                controls.problem(record.service()));
    }

    private Health health(ServiceRecord record) {
        if (record.handle().isEmpty() && record.startedAt().plus(STARTING).isAfter(Instant.now())) {
            return controls.answers(record) ? Health.READY : Health.STARTING;
        }
        if (record.provider().equals(EmbeddedProvider.NAME)
                && EmbeddedService.process(record).isEmpty()) {
            return Health.GONE;
        }
        return controls.answers(record) ? Health.READY : Health.SILENT;
    }

    private static Map<String, String> pages(ServiceType type, ServiceAddress address) {
        Map<String, String> pages = new LinkedHashMap<>();
        type.ports().stream().filter(type::isPage).forEach(port -> pages.put(port, address.httpUrl(port)));
        return pages;
    }

    private View.Port port(ServicePort service) {
        int number = config.prefix().port(service);
        PortGlance glance = PortGlance.at(number);
        return new View.Port(service, number, glance.health(), glance.page());
    }

    /** In parallel, because silent services would otherwise add up their timeouts. */
    private <T, R> List<R> atOnce(List<T> items, Function<T, R> look) {
        List<CompletableFuture<R>> looks = items.stream()
                .map(item -> CompletableFuture.supplyAsync(() -> look.apply(item), probes))
                .toList();
        return looks.stream().map(CompletableFuture::join).toList();
    }
}
