package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.FileMutex;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.provider.ServiceLog;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The development services of one workspace and prefix. Every change is made under a lock on the workspace's state, so
 * that any number of threads and builds may use one workspace; the lock is not held while services run. Thread-safe.
 */
public final class DevServices {

    private static final Duration LOCK_LIMIT = Duration.ofMinutes(3);

    private final WorkspacePorts ports;
    private final StateFolder state;
    private final ServiceCatalogue catalogue;
    private final Provider provider;
    private final Progress progress;

    public DevServices(
            WorkspacePorts ports, StateFolder state, ServiceCatalogue catalogue, Provider provider, Progress progress) {
        this.ports = ports;
        this.state = state;
        this.catalogue = catalogue;
        this.provider = provider;
        this.progress = progress;
    }

    /**
     * Starts services, or reuses running ones that answer. Returns when every service has answered a real request. If
     * one fails, those that this call started are stopped.
     *
     * @return the record of each service, in the order of the request
     * @throws dev.tideline.devservices.DevServicesException if one cannot be started
     * @throws dev.tideline.ports.PortConfigException if a port is taken; nothing was started then
     */
    public List<ServiceRecord> start(StartRequest request) {
        return lock("starting services for " + request.user().description()).during(() -> {
            forgetTheDead();
            return new ServiceStart(ports, state, catalogue, provider, progress, this::end).run(request);
        });
    }

    /**
     * Removes a user. Services without other users are stopped.
     *
     * @return names of the stopped services
     */
    public List<String> release(ServiceUser user) {
        return release(other -> other.id().equals(user.id()));
    }

    /**
     * Removes the users of the build in this process. Services without other users are stopped.
     *
     * @return names of the stopped services
     */
    public List<String> releaseThisProcess() {
        return release(ServiceUser::isOfThisProcess);
    }

    /**
     * Stops all services, whoever uses them; builds that use them are named.
     *
     * @return names of the stopped services
     */
    public List<String> stop() {
        if (state.services().isEmpty() && state.users().isEmpty()) {
            return List.of();
        }
        return lock("stopping services").during(() -> {
            for (ServiceUser user : state.users()) {
                if (!user.isCommandLine() && !user.isOfThisProcess() && user.isAlive()) {
                    progress.note("The services are stopped although " + user.description() + " (pid " + user.pid()
                            + ") uses them.");
                }
                state.remove(user);
            }
            return endUnused();
        });
    }

    /**
     * Stops all services and deletes data and logs, also those of services that did not run.
     *
     * @return names of the stopped services
     */
    public List<String> clean() {
        List<String> names = catalogue.names();
        List<String> stopped = stop();
        return lock("deleting data").during(() -> {
            if (!provider.deleteAllData() && state.serviceData().isKeptElsewhere()) {
                progress.note("Data in Docker volumes stays, because no Docker engine answers. Start it, then call"
                        + " `mvn sync:clean` again.");
            }
            names.forEach(state.serviceData()::delete);
            state.deleteLogs();
            return stopped;
        });
    }

    /**
     * Stops one service and keeps everything else: its data, its record and its users.
     *
     * @throws DevServicesException if it was not started here
     */
    public void pause(String service) {
        lock("stopping " + service).during(() -> {
            ServiceRecord record = require(service);
            // Before the process ends, so that nobody who watches it considers it dead.
            state.setPaused(service, true);
            provider.stop(record);
            return service;
        });
    }

    /**
     * Starts one service again with the same settings, and returns when it answers. A running one is stopped first.
     *
     * @param limit for the start
     * @throws DevServicesException if it was not started here, or does not start
     */
    public void restart(String service, Duration limit) {
        lock("starting " + service + " again").during(() -> {
            ServiceRecord record = require(service);
            ServiceSpec spec = state.spec(service)
                    .orElseThrow(() -> new DevServicesException("An older version of Tideline started " + service
                            + ". Start it once with `mvn sync:stop sync:start`."));
            state.setPaused(service, true);
            provider.stop(record);
            ServiceRecord planned = record.withoutProcess(Instant.now());
            state.write(planned);
            Map<String, String> marks =
                    Map.of(Workspace.ENVIRONMENT_MARK, ports.workspace().root().toString());
            state.write(provider.start(planned, spec, marks, limit));
            state.setPaused(service, false);
            return service;
        });
    }

    private ServiceRecord require(String service) {
        return state.service(service)
                .orElseThrow(() -> new DevServicesException(
                        "Service " + service + " was not started in this workspace. Start it with `mvn sync:start`."));
    }

    /** Whether a service was stopped by {@link #pause}, to be started again. */
    public boolean isPaused(String service) {
        return state.isPaused(service);
    }

    /** The records of the services that were started and not stopped. */
    public List<ServiceRecord> known() {
        return state.services();
    }

    /** Whether a service's process runs; false also if another process has its pid. */
    public boolean isAlive(ServiceRecord record) {
        return provider.find(record).isPresent();
    }

    /**
     * Sends a real request to a running service, once.
     *
     * @throws Exception why it did not answer as it should
     */
    public void probe(ServiceRecord record) throws Exception {
        provider.probe(record, catalogue.type(record));
    }

    /** Why a service does not run, for people, for example "its process is gone". */
    public String absence(ServiceRecord record) {
        return state.isPaused(record.service()) ? "it was stopped on the launchpad" : provider.absence(record);
    }

    /** The end of a service's log, for a message; a single line that says so if the log is unavailable. */
    public List<String> tail(ServiceRecord record, int lines) {
        try (ServiceLog log = provider.log(record)) {
            return log.tail(lines);
        } catch (DevServicesException notHad) {
            return List.of("(" + notHad.getMessage() + ")");
        }
    }

    /** The log of a service that runs or ran; close it. */
    public ServiceLog log(ServiceRecord record) {
        return provider.log(record);
    }

    /** Loads the classes that stopping needs, for callers whose class loader may be closed by then. */
    public void preload() {
        provider.preload();
        state.lock(LOCK_LIMIT, "starting services", holder -> {}).close();
        release(user -> false);
        endUnused(List.of());
    }

    /** The status of each service that was started and not stopped. */
    public List<ServiceStatus> status() {
        List<ServiceUser> users = state.users();
        return state.services().stream()
                .map(record -> statusOf(
                        record,
                        users.stream()
                                .filter(user -> user.services().contains(record.service()) && user.isAlive())
                                .map(ServiceUser::description)
                                .toList()))
                .toList();
    }

    private List<String> release(Predicate<ServiceUser> who) {
        if (state.users().stream().noneMatch(who)) {
            return List.of();
        }
        return lock("stopping services").during(() -> {
            state.users().stream().filter(who).forEach(state::remove);
            return endUnused();
        });
    }

    private FileMutex lock(String purpose) {
        return state.lock(
                LOCK_LIMIT,
                purpose,
                holder -> progress.note("Waiting for " + holder + ", which holds " + state.root() + "."));
    }

    /**
     * Removes users whose process is gone, and services whose process is gone although nobody stopped it. A service
     * that was stopped on the launchpad is kept.
     */
    private void forgetTheDead() {
        state.users().stream().filter(user -> !user.isAlive()).forEach(user -> {
            progress.note(user.description() + " (pid " + user.pid() + ") ended without stopping its services.");
            state.remove(user);
        });
        for (ServiceRecord record : state.services()) {
            provider.find(record).ifPresentOrElse(state::write, () -> {
                if (!state.isPaused(record.service())) {
                    state.remove(record);
                }
            });
        }
        provider.sweep(state.services(), progress::note);
    }

    private List<String> endUnused() {
        List<ServiceUser> users =
                state.users().stream().filter(ServiceUser::isAlive).toList();
        List<ServiceRecord> unused = state.services().stream()
                .filter(record ->
                        users.stream().noneMatch(user -> user.services().contains(record.service())))
                .toList();
        return endUnused(unused);
    }

    private List<String> endUnused(List<ServiceRecord> unused) {
        // In parallel, because each writes a checkpoint; not as a parallel stream, which has one thread less than the
        // machine has processors.
        List<Thread> threads = new ArrayList<>();
        List<RuntimeException> failures = Collections.synchronizedList(new ArrayList<>());
        for (ServiceRecord record : unused) {
            Thread thread = new Thread(() -> endOrNote(record, failures), "tideline-stop-" + record.service());
            thread.start();
            threads.add(thread);
        }
        threads.forEach(DevServices::awaitEnd);
        if (!failures.isEmpty()) {
            failures.stream().skip(1).forEach(failures.get(0)::addSuppressed);
            throw failures.get(0);
        }
        return unused.stream().map(ServiceRecord::service).toList();
    }

    private void endOrNote(ServiceRecord record, List<RuntimeException> failures) {
        try {
            end(record);
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    /** An interrupt does not end the wait, because the stop must complete; the flag stays set. */
    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(ServiceRecord record) {
        provider.stop(record);
        state.remove(record);
    }

    private ServiceStatus statusOf(ServiceRecord record, List<String> users) {
        if (provider.find(record).isEmpty()) {
            return new ServiceStatus(record, ServiceStatus.State.GONE, users, absence(record));
        }
        try {
            probe(record);
            return new ServiceStatus(record, ServiceStatus.State.READY, users, ServiceStatus.State.READY.words());
        } catch (Exception noAnswer) {
            return new ServiceStatus(
                    record,
                    ServiceStatus.State.SILENT,
                    users,
                    ServiceStatus.State.SILENT.words() + " (" + noAnswer.getMessage() + ")");
        }
    }
}
