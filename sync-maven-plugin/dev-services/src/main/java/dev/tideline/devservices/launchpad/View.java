package dev.tideline.devservices.launchpad;

import dev.tideline.devservices.service.HowToConnect;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.ServicePort;
import dev.tideline.ports.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is shown.
 *
 * @param workspace whose launchpad it is
 * @param prefix its prefix
 * @param services what the plugin started here
 * @param otherPorts the other ports of the table
 * @param others other workspaces, and other prefixes of this one, of which something runs
 * @param problem why something could not be seen
 */
record View(
        Workspace workspace,
        PortPrefix prefix,
        List<Service> services,
        List<Port> otherPorts,
        List<Other> others,
        Optional<String> problem) {

    /** How all services are, in one sentence. */
    String summary() {
        if (problem.isPresent()) {
            return "The state of this workspace cannot be read.";
        }
        List<Service> troubled = services.stream()
                .filter(service -> service.health().isTrouble())
                .toList();
        if (!troubled.isEmpty()) {
            return String.join(
                    "; ",
                    troubled.stream()
                            .map(service ->
                                    service.title() + ": " + service.health().words())
                            .toList());
        }
        List<Service> stopped = services.stream()
                .filter(service -> service.health() == Health.STOPPED)
                .toList();
        if (!stopped.isEmpty()) {
            return String.join(
                    "; ",
                    stopped.stream()
                            .map(service -> service.title() + " is stopped")
                            .toList());
        }
        long ready = services.stream()
                .filter(service -> service.health() == Health.READY)
                .count();
        return switch (services.size()) {
            case 0 -> "No service runs here.";
            case 1 -> ready == 1 ? "1 service, and it answers." : "1 service is starting.";
            default ->
                ready == services.size()
                        ? services.size() + " services, and all answer."
                        : ready + " of " + services.size() + " services answer, the others are starting.";
        };
    }

    /**
     * A service that the plugin started.
     *
     * @param name its name
     * @param title what people call it
     * @param health how it is
     * @param version its version
     * @param runBy provider, and process if known, in words
     * @param users for whom it runs
     * @param ports its ports by name
     * @param pages addresses that can be opened in a browser, by what they are
     * @param connect how to connect
     * @param log its log
     * @param startedAt when its process was started
     * @param problem why it could not be started or stopped on this page
     */
    record Service(
            String name,
            String title,
            Health health,
            String version,
            String runBy,
            List<String> users,
            Map<String, Integer> ports,
            Map<String, String> pages,
            List<HowToConnect> connect,
            Path log,
            Instant startedAt,
            Optional<String> problem) {}

    /**
     * Another port of the block.
     *
     * @param service what it is for
     * @param number the port
     * @param health whether something is there
     * @param page address, if what is there answers HTTP
     */
    record Port(ServicePort service, int number, Health health, Optional<String> page) {}

    /**
     * Another workspace.
     *
     * @param root where
     * @param prefix its prefix
     * @param services names of what runs there
     * @param launchpad address of its launchpad, if that answers
     */
    record Other(Path root, int prefix, List<String> services, Optional<String> launchpad) {}
}
