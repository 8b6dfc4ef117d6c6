package dev.tideline.devservices.launchpad;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.lifecycle.StateFolder;
import dev.tideline.devservices.provider.embedded.EmbeddedProvider;
import dev.tideline.devservices.provider.embedded.EmbeddedService;
import dev.tideline.devservices.service.LaunchpadService;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.ports.PortConfigException;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.RegisteredWorkspace;
import dev.tideline.ports.Workspace;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** This user's other port blocks on which something runs. */
record OtherWorkspaces(LaunchpadConfig config, PrefixRegistry registry, Executor probes) {

    List<View.Other> running() {
        List<CompletableFuture<Optional<View.Other>>> looks = registered().stream()
                .filter(entry -> !isOwn(entry) && Files.isDirectory(entry.root()))
                .map(entry -> CompletableFuture.supplyAsync(() -> look(entry), probes))
                .toList();
        return looks.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(View.Other::root).thenComparing(View.Other::prefix))
                .toList();
    }

    /** An unreadable registry hides the other workspaces and nothing else. */
    private List<RegisteredWorkspace> registered() {
        try {
            return registry.list();
        } catch (PortConfigException unreadable) {
            return List.of();
        }
    }

    private boolean isOwn(RegisteredWorkspace entry) {
        return entry.prefix() == config.prefix().value()
                && entry.root().equals(config.workspace().root());
    }

    private static Optional<View.Other> look(RegisteredWorkspace entry) {
        List<ServiceRecord> running =
                recordsOf(entry).stream().filter(OtherWorkspaces::runs).toList();
        if (running.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new View.Other(
                entry.root(),
                entry.prefix(),
                running.stream().map(ServiceRecord::service).toList(),
                running.stream()
                        .filter(record -> record.service().equals(LaunchpadService.NAME))
                        .map(record -> record.address().httpUrl(LaunchpadService.NAME))
                        .findFirst()));
    }

    /** A workspace with unreadable records must not hide the others. */
    private static List<ServiceRecord> recordsOf(RegisteredWorkspace entry) {
        try {
            return StateFolder.of(new Workspace(entry.root()), new PortPrefix(entry.prefix(), "the registry"))
                    .services();
        } catch (DevServicesException unreadable) {
            return List.of();
        }
    }

    private static boolean runs(ServiceRecord record) {
        return record.provider().equals(EmbeddedProvider.NAME)
                ? EmbeddedService.process(record).isPresent()
                : record.ports().values().stream().allMatch(PortGlance::isListenedOn);
    }
}
