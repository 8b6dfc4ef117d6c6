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
 * @param services started here by the plugin
 * @param otherPorts the other ports of the table
 * @param others other workspaces, and other prefixes of this one, in which something runs
 * @param problem why something could not be read
 */
record View(
        Workspace workspace,
        PortPrefix prefix,
        List<Service> services,
        List<Port> otherPorts,
        List<Other> others,
        Optional<String> problem) {

    /** The health of all services in one sentence. */
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
     * A service started by the plugin.
     *
     * @param title its name for people
     * @param runBy provider, and process if known, in words
     * @param users of the service
     * @param pages addresses for a browser, by their purpose
     * @param connect how to connect
     * @param startedAt start of its process
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
     * @param page address, if it answers HTTP
     */
    record Port(ServicePort service, int number, Health health, Optional<String> page) {}

    /**
     * Another workspace.
     *
     * @param services names of its running services
     * @param launchpad address of its launchpad, if that answers
     */
    record Other(Path root, int prefix, List<String> services, Optional<String> launchpad) {}
}
