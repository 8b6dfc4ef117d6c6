package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.UnprivilegedLaunch;
import dev.tideline.devservices.provider.embedded.PostgresPlatform;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.ports.CollisionCheck;
import dev.tideline.ports.PortConfigException;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.ServicePort;
import dev.tideline.ports.WorkspacePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at what services need on this machine, without changing anything but a file that is deleted at once. */
public final class Doctor {

    private static final long ENOUGH_BYTES = 500_000_000;

    private final WorkspacePorts ports;
    private final StateFolder state;
    private final DevServices services;
    private final ServiceCatalogue catalogue;
    private final Supplier<Optional<String>> docker;

    /**
     * A doctor for one workspace.
     *
     * @param ports its ports
     * @param state its state
     * @param services its services
     * @param catalogue what could be started
     * @param docker what keeps Docker from running all services; empty if nothing does
     */
    public Doctor(
            WorkspacePorts ports,
            StateFolder state,
            DevServices services,
            ServiceCatalogue catalogue,
            Supplier<Optional<String>> docker) {
        this.ports = ports;
        this.state = state;
        this.services = services;
        this.catalogue = catalogue;
        this.docker = docker;
    }

    /** @return what was found, good and bad */
    public Report examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(good("workspace " + ports.workspace().root() + ", prefix "
                + ports.prefix().value() + " from " + ports.prefix().origin()));
        findings.add(
                examine(() -> "Postgres binaries: " + PostgresPlatform.current().artifactId()));
        findings.add(examine(() -> "Postgres is run " + UnprivilegedLaunch.ofThisMachine()));
        findings.add(
                good("mail and collector run on Java " + Runtime.version() + " in " + System.getProperty("java.home")));
        findings.add(good(docker.get()
                .map(obstacle -> "docker is not chosen by provider auto: " + obstacle)
                .orElse("docker can run all services: an engine answers and has all images")));
        findings.add(folder(state.root()));
        List<ServiceStatus> running = services.status();
        running.forEach(status -> findings.add(new Finding(
                status.state() == ServiceStatus.State.READY,
                status.record().service() + ": " + status.detail()
                        + (status.state() == ServiceStatus.State.READY
                                ? ""
                                : ". See `mvn sync:logs -Dservice="
                                        + status.record().service() + "`; `mvn sync:start` replaces it."))));
        findings.add(examine(() -> freePorts(running)));
        return new Report(findings);
    }

    private String freePorts(List<ServiceStatus> running) {
        List<ServicePort> needed = catalogue.names().stream()
                .filter(name -> running.stream()
                        .noneMatch(status -> status.record().service().equals(name)))
                .flatMap(name -> catalogue.type(name).ports().stream())
                .map(ports.table()::service)
                .toList();
        new CollisionCheck(PrefixRegistry.userLevel()).requireFree(ports.workspace(), ports.prefix(), needed);
        return "ports of services that do not run are free";
    }

    private static Finding folder(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            Files.delete(Files.createTempFile(existing, "doctor", null));
            long free = Files.getFileStore(existing).getUsableSpace();
            return new Finding(
                    free >= ENOUGH_BYTES,
                    existing + " is writable, " + free / 1_000_000 + " MB are free"
                            + (free >= ENOUGH_BYTES ? "" : ": make room, a database server needs 500 MB to be safe"));
        } catch (IOException e) {
            return new Finding(false, existing + " cannot be written (" + e + "): let this user write to it");
        }
    }

    private static Finding examine(Supplier<String> look) {
        try {
            return good(look.get());
        } catch (DevServicesException | PortConfigException e) {
            return new Finding(false, e.getMessage());
        }
    }

    private static Finding good(String text) {
        return new Finding(true, text);
    }

    /**
     * One thing that was looked at.
     *
     * @param healthy whether it is as it should be
     * @param text what was seen, and if it is not healthy, what to do
     */
    public record Finding(boolean healthy, String text) {}

    /**
     * All that was looked at.
     *
     * @param findings in the order in which they matter
     */
    public record Report(List<Finding> findings) {

        /** @return whether all is as it should be */
        public boolean healthy() {
            return findings.stream().allMatch(Finding::healthy);
        }
    }
}
