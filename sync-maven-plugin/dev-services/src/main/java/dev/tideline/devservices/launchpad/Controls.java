package dev.tideline.devservices.launchpad;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.lifecycle.Progress;
import dev.tideline.devservices.lifecycle.StateFolder;
import dev.tideline.devservices.provider.embedded.Artifacts;
import dev.tideline.devservices.service.LaunchpadService;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.workspace.WorkspaceServices;
import dev.tideline.ports.ExtraPorts;
import dev.tideline.ports.WorkspacePorts;
import dev.tideline.web.DaemonThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops services on behalf of the launchpad's user, each in the background. Thread-safe. */
final class Controls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Controls.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int LOG_LINES = 300;

    private final ExecutorService worker = Executors.newCachedThreadPool(DaemonThreads.named("launchpad-control"));
    private final Map<String, Health> underWay = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final DevServices services;

    Controls(LaunchpadConfig config) {
        WorkspacePorts ports = new WorkspacePorts(
                config.workspace(), config.prefix(), ExtraPorts.table(ExtraPorts.of(config.workspace())));
        StateFolder state = StateFolder.of(config.workspace(), config.prefix());
        services = new WorkspaceServices(ports, state, new WrittenDown(), new Logged(), true).services();
    }

    /**
     * Begins to start, restart or stop a service.
     *
     * @return false if there is no such service, or an operation on it is in progress
     */
    boolean tell(String service, String what) {
        boolean known = !service.equals(LaunchpadService.NAME)
                && services.known().stream().anyMatch(record -> record.service().equals(service));
        boolean stop = what.equals("stop");
        if (!known || underWay.putIfAbsent(service, stop ? Health.STOPPING : Health.STARTING) != null) {
            return false;
        }
        problems.remove(service);
        worker.execute(() -> {
            try {
                if (stop) {
                    services.pause(service);
                } else {
                    services.restart(service, START_LIMIT);
                }
            } catch (RuntimeException e) {
                LOG.warn("Cannot {} {}", what, service, e);
                problems.put(service, String.valueOf(e.getMessage()));
            } finally {
                underWay.remove(service);
            }
        });
        return true;
    }

    /** The health of a service as a result of operations here. */
    Optional<Health> health(String service) {
        return Optional.ofNullable(underWay.get(service))
                .or(() -> services.isPaused(service) ? Optional.of(Health.STOPPED) : Optional.empty());
    }

    boolean answers(ServiceRecord record) {
        try {
            services.probe(record);
            return true;
        } catch (Exception noAnswer) {
            return false;
        }
    }

    /** Why the last operation failed. */
    Optional<String> problem(String service) {
        return Optional.ofNullable(problems.get(service));
    }

    /** The end of a service's log. */
    Optional<List<String>> log(String service) {
        return services.known().stream()
                .filter(record -> record.service().equals(service))
                .findFirst()
                .map(record -> services.tail(record, LOG_LINES));
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    /** The path of the programs is recorded with each started service. */
    private record WrittenDown() implements Artifacts {

        @Override
        public Path jar(String groupId, String artifactId, String version) {
            throw gone();
        }

        @Override
        public List<Path> classPath(String artifactId) {
            throw gone();
        }

        private static DevServicesException gone() {
            return new DevServicesException("Its programs have moved. Start it again with `mvn sync:start`.");
        }
    }

    private record Logged() implements Progress {

        @Override
        public void waiting(String service, String what) {}

        @Override
        public void done(String service, String what) {}

        @Override
        public void note(String message) {
            LOG.info(message);
        }
    }
}
