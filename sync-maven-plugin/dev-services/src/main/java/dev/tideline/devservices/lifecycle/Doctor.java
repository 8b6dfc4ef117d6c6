package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.FailureAdvice;
import dev.tideline.devservices.process.MountedFolder;
import dev.tideline.devservices.process.UnprivilegedLaunch;
import dev.tideline.devservices.provider.embedded.PostgresPlatform;
import dev.tideline.devservices.provider.embedded.UserCache;
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
import java.util.stream.Stream;

/** Checks what services need on this machine, without changing anything but a file that is deleted at once. */
public final class Doctor {

    private static final long ENOUGH_BYTES = 500_000_000;

    private final WorkspacePorts ports;
    private final StateFolder state;
    private final DevServices services;
    private final ServiceCatalogue catalogue;
    private final Supplier<Optional<String>> docker;

    /**
     * @param catalogue what could be started
     * @param docker why Docker cannot run all services; empty if it can
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

    /** All findings, good and bad. */
    public Report examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(good("workspace " + ports.workspace().root() + ", prefix "
                + ports.prefix().value() + " from " + ports.prefix().origin()));
        findings.add(
                examine(() -> "Postgres binaries: " + PostgresPlatform.current().artifactId()));
        findings.add(examine(
                () -> "Postgres runs " + UnprivilegedLaunch.ofThisMachine().inWords()));
        findings.add(
                good("mail and collector run on Java " + Runtime.version() + " in " + System.getProperty("java.home")));
        findings.add(good(docker.get()
                .map(obstacle -> "docker is not chosen by provider auto: " + obstacle)
                .orElse("docker can run all services: an engine answers and has all images")));
        folders().forEach(findings::add);
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

    /** Every folder that services use; each is named, even if several are the same. */
    private Stream<Finding> folders() {
        return Stream.of(
                folder("state", state.root()),
                folder("data", state.data()),
                folder("logs", state.logs()),
                cache(),
                registry());
    }

    private static Finding folder(String use, Path folder) {
        Path existing = existing(folder);
        try {
            Files.delete(Files.createTempFile(existing, "doctor", null));
            long free = Files.getFileStore(existing).getUsableSpace();
            return new Finding(
                    free >= ENOUGH_BYTES,
                    use + ": " + existing + " is writable, " + free / 1_000_000 + " MB are free"
                            + (free >= ENOUGH_BYTES ? "" : ": make room, a database server needs 500 MB to be safe"));
        } catch (IOException e) {
            return new Finding(
                    false, use + ": " + existing + " cannot be written (" + e + "): " + FailureAdvice.on(e, existing));
        }
    }

    /** Programs run from there. */
    private static Finding cache() {
        Path cache;
        try {
            cache = UserCache.directory();
        } catch (DevServicesException none) {
            return new Finding(false, "cache: " + none.getMessage());
        }
        boolean noexec = MountedFolder.of(existing(cache))
                .filter(mounted -> mounted.options().contains("noexec"))
                .isPresent();
        return noexec
                ? new Finding(
                        false,
                        "cache: " + cache + " is mounted noexec, so Postgres cannot be started from there. Set the"
                                + " environment variable TIDELINE_CACHE to a folder from which programs can be run.")
                : folder("cache", cache);
    }

    /** Only an automatic prefix needs it, and that was claimed there by now. */
    private static Finding registry() {
        Finding found = PrefixRegistry.userLevel()
                .directory()
                .map(directory -> folder("registry of workspaces", directory))
                .orElse(new Finding(false, "registry of workspaces: this user has no home directory for it"));
        return found.healthy()
                ? found
                : good(found.text() + ". Services start without it; only the port prefix 'auto' needs it.");
    }

    private static Path existing(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing;
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
     * One check.
     *
     * @param text what was found, and what to do if it is not healthy
     */
    public record Finding(boolean healthy, String text) {}

    /**
     * @param findings in the order in which they matter
     */
    public record Report(List<Finding> findings) {

        public boolean healthy() {
            return findings.stream().allMatch(Finding::healthy);
        }
    }
}
