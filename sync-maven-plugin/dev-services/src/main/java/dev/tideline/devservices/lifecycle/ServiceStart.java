package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.service.ServiceType;
import dev.tideline.ports.CollisionCheck;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.ServicePort;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * One start, under the workspace's lock: decide for each service whether to reuse, replace or start it; check the
 * ports; record what is about to be started; start all in parallel.
 */
final class ServiceStart {

    private final WorkspacePorts ports;
    private final StateFolder state;
    private final ServiceCatalogue catalogue;
    private final Provider provider;
    private final Progress progress;
    private final Consumer<ServiceRecord> end;
    private final DataSetUp dataSetUp;

    ServiceStart(
            WorkspacePorts ports,
            StateFolder state,
            ServiceCatalogue catalogue,
            Provider provider,
            Progress progress,
            Consumer<ServiceRecord> end) {
        this.ports = ports;
        this.state = state;
        this.catalogue = catalogue;
        this.provider = provider;
        this.progress = progress;
        this.end = end;
        this.dataSetUp = new DataSetUp(state.serviceData(), provider, progress);
    }

    List<ServiceRecord> run(StartRequest request) {
        Map<String, ServiceRecord> planned = plan(request);
        sweepUnused(planned.keySet().stream().toList());
        List<String> resumed = resume(planned);
        Map<String, ServiceRecord> running = new LinkedHashMap<>();
        List<ServiceSpec> missing = new ArrayList<>();
        for (ServiceSpec spec : request.services()) {
            if (resumed.contains(spec.name())) {
                missing.add(spec);
                continue;
            }
            reusable(spec, planned.get(spec.name()), request)
                    .ifPresentOrElse(record -> running.put(spec.name(), record), () -> missing.add(spec));
        }
        requireFreePorts(missing);
        Optional<ServiceUser> before = state.user(request.user().id());
        state.write(before.map(request.user()::joined).orElse(request.user()));
        try {
            missing.forEach(spec -> state.write(planned.get(spec.name())));
            running.putAll(startAll(missing, planned, request));
            request.services().stream()
                    .filter(spec -> !missing.contains(spec))
                    .filter(spec -> catalogue.type(spec).keepsData())
                    .forEach(spec -> dataSetUp.bringUpToDate(catalogue.type(spec), spec, running.get(spec.name())));
        } catch (RuntimeException e) {
            missing.forEach(spec -> undo(spec.name(), resumed.contains(spec.name()), e));
            before.ifPresentOrElse(state::write, () -> state.remove(request.user()));
            throw e;
        }
        return request.services().stream().map(spec -> running.get(spec.name())).toList();
    }

    private Map<String, ServiceRecord> plan(StartRequest request) {
        Map<String, ServiceRecord> planned = new LinkedHashMap<>();
        for (ServiceSpec spec : request.services()) {
            progress.waiting(spec.name(), "looks for its programs");
            Provider.Prepared prepared = provider.prepare(spec);
            Map<String, Integer> servicePorts = new LinkedHashMap<>();
            catalogue.type(spec).ports().forEach(port -> servicePorts.put(port, ports.port(port)));
            planned.put(
                    spec.name(),
                    new ServiceRecord(
                            spec.name(),
                            provider.nameFor(spec.name()),
                            prepared.version(),
                            spec.fingerprint(),
                            "tideline" + UUID.randomUUID().toString().replace("-", ""),
                            OptionalLong.empty(),
                            Instant.now(),
                            servicePorts,
                            provider.dataFolder(spec.name(), state.serviceData().of(spec.name())),
                            state.logOf(spec.name()),
                            prepared.home()));
        }
        return planned;
    }

    /** Ends what killed builds left, unless this start can use it. */
    private void sweepUnused(List<String> wanted) {
        List<ServiceUser> users = state.users();
        for (ServiceRecord record : state.services()) {
            boolean used = users.stream().anyMatch(user -> user.services().contains(record.service()));
            if (!used && !wanted.contains(record.service())) {
                end.accept(record);
                progress.note("Stopped " + record.service() + ", which a killed build had left behind.");
            }
        }
    }

    /**
     * Plans services that were stopped on the launchpad like a restart, so that whoever watches one still recognizes
     * it. Those requested with other settings are replaced instead.
     *
     * @return their names
     */
    private List<String> resume(Map<String, ServiceRecord> planned) {
        List<String> resumed = new ArrayList<>();
        for (ServiceRecord wanted : List.copyOf(planned.values())) {
            state.service(wanted.service())
                    .filter(record -> state.isPaused(record.service()))
                    .filter(record -> otherwiseThan(record, wanted).isEmpty())
                    .ifPresent(record -> {
                        planned.put(
                                record.service(), record.withHome(wanted.home()).withoutProcess(wanted.startedAt()));
                        resumed.add(record.service());
                    });
        }
        return resumed;
    }

    /** The running service, if it is what is requested and answers; otherwise it is ended, to be replaced. */
    private Optional<ServiceRecord> reusable(ServiceSpec spec, ServiceRecord wanted, StartRequest request) {
        Optional<ServiceRecord> found = state.service(spec.name());
        if (found.isEmpty()) {
            return found;
        }
        ServiceRecord running = found.get();
        Optional<String> reason = reasonToReplace(running, wanted);
        if (reason.isEmpty()) {
            progress.done(spec.name(), "reused, " + inWords(running));
            return found;
        }
        state.users().stream()
                .filter(user -> !user.id().equals(request.user().id()) && !user.isCommandLine())
                .filter(user -> user.services().contains(spec.name()))
                .findFirst()
                .ifPresent(user -> {
                    throw new DevServicesException(
                            "Service " + spec.name() + " " + reason.get() + ", but it cannot be replaced:"
                                    + " it is in use by " + user.description() + " (pid " + user.pid() + ")."
                                    + " Wait until that build has ended, or use another prefix (-Dtideline.portPrefix=auto).");
                });
        progress.note(spec.name() + " " + reason.get() + ": it is replaced.");
        end.accept(running);
        return Optional.empty();
    }

    private Optional<String> reasonToReplace(ServiceRecord running, ServiceRecord wanted) {
        Optional<String> otherwise = otherwiseThan(running, wanted);
        if (otherwise.isPresent()) {
            return otherwise;
        }
        try {
            provider.probe(running, catalogue.type(running));
            return Optional.empty();
        } catch (Exception noAnswer) {
            return Optional.of("runs but does not answer (" + noAnswer.getMessage() + ")");
        }
    }

    private Optional<String> otherwiseThan(ServiceRecord running, ServiceRecord wanted) {
        if (state.serviceData().isUnfinished(running)) {
            return Optional.of("was left by a killed build with its data incomplete");
        }
        if (!ServiceCatalogue.isTidelines(running.service())
                && state.spec(running.service()).isEmpty()) {
            // Only its start sees when such a service becomes ready, and writes the spec then.
            return Optional.of("was left by a killed build before it was ready");
        }
        if (!running.version().equals(wanted.version())) {
            return Optional.of("runs in version " + running.version() + ", wanted is " + wanted.version());
        }
        if (!running.fingerprint().equals(wanted.fingerprint())
                || !running.provider().equals(wanted.provider())
                || !running.data().equals(wanted.data())) {
            return Optional.of("runs with other settings than wanted");
        }
        return Optional.empty();
    }

    private void requireFreePorts(List<ServiceSpec> missing) {
        List<ServicePort> needed = missing.stream()
                .flatMap(spec -> catalogue.type(spec).ports().stream())
                .map(ports.table()::service)
                .toList();
        new CollisionCheck(PrefixRegistry.userLevel()).requireFree(ports.workspace(), ports.prefix(), needed);
    }

    private Map<String, ServiceRecord> startAll(
            List<ServiceSpec> missing, Map<String, ServiceRecord> planned, StartRequest request) {
        Map<String, ServiceRecord> started = new LinkedHashMap<>();
        if (missing.isEmpty()) {
            return started;
        }
        ExecutorService threads = Executors.newFixedThreadPool(missing.size());
        try {
            List<CompletableFuture<ServiceRecord>> starts = missing.stream()
                    .map(spec -> CompletableFuture.supplyAsync(
                            () -> startOne(spec, planned.get(spec.name()), request.limit()), threads))
                    .toList();
            DevServicesException failure = null;
            for (int i = 0; i < starts.size(); i++) {
                try {
                    started.put(missing.get(i).name(), starts.get(i).join());
                } catch (CompletionException e) {
                    DevServicesException one = e.getCause() instanceof DevServicesException known
                            ? known
                            : new DevServicesException(
                                    "Cannot start " + missing.get(i).name() + ": " + e.getCause() + ". See "
                                            + state.logOf(missing.get(i).name()) + ".",
                                    e.getCause());
                    if (failure == null) {
                        failure = one;
                    } else {
                        failure.addSuppressed(one);
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
            return started;
        } finally {
            threads.shutdown();
        }
    }

    private ServiceRecord startOne(ServiceSpec spec, ServiceRecord planned, Duration limit) {
        long begin = System.nanoTime();
        ServiceType type = catalogue.type(spec);
        progress.waiting(spec.name(), "starts on " + planned.portsInWords());
        Map<String, String> marks =
                Map.of(Workspace.ENVIRONMENT_MARK, ports.workspace().root().toString());
        if (type.keepsData()) {
            dataSetUp.begin(planned);
        }
        ServiceRecord running = provider.start(planned, spec, marks, limit);
        state.write(running);
        state.write(spec);
        if (type.keepsData()) {
            dataSetUp.complete(type, spec, running);
        }
        state.setPaused(spec.name(), false);
        progress.done(
                spec.name(),
                "ready, " + inWords(running) + ", "
                        + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
        return running;
    }

    private void undo(String service, boolean wasPaused, RuntimeException cause) {
        try {
            if (wasPaused) {
                state.setPaused(service, true);
                state.service(service).ifPresent(provider::stop);
            } else {
                state.service(service).ifPresent(end);
            }
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static String inWords(ServiceRecord record) {
        return record.version() + " on " + record.portsInWords();
    }
}
