package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.ProcessIdentity;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.service.CollectorService;
import dev.tideline.devservices.service.LaunchpadService;
import dev.tideline.devservices.service.MailService;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs services as plain processes of this machine. An {@link EmbeddedService} does what differs between services. */
public final class EmbeddedProvider implements Provider {

    public static final String NAME = "embedded";

    private final Map<String, EmbeddedService> services;

    /**
     * @param services how each service is run, by name
     */
    public EmbeddedProvider(Map<String, EmbeddedService> services) {
        this.services = Map.copyOf(services);
    }

    /**
     * A provider of all services that can be run as processes.
     *
     * @param artifacts finds Postgres and Tideline's own servers when one of them is started
     */
    public static EmbeddedProvider standard(Artifacts artifacts) {
        EmbeddedPostgres postgres = new EmbeddedPostgres(artifacts);
        return new EmbeddedProvider(Map.of(
                "postgres",
                postgres,
                "external-postgres",
                postgres,
                MailService.NAME,
                new EmbeddedJvm(new MailProgram(), artifacts),
                CollectorService.NAME,
                new EmbeddedJvm(new CollectorProgram(), artifacts),
                LaunchpadService.NAME,
                new EmbeddedJvm(new LaunchpadProgram(), artifacts)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(ServiceSpec spec) {
        return service(spec.name()).prepare(spec);
    }

    @Override
    public ServiceRecord start(
            ServiceRecord record, ServiceSpec spec, Map<String, String> environment, Duration limit) {
        return service(record.service()).start(record, spec, environment, limit);
    }

    @Override
    public Optional<ServiceRecord> find(ServiceRecord record) {
        return EmbeddedService.process(record)
                .map(process -> record.withProcess(process.pid(), ProcessIdentity.startOf(process)));
    }

    @Override
    public void stop(ServiceRecord record) {
        EmbeddedService.process(record)
                .ifPresent(process -> service(record.service()).stop(record, process));
    }

    @Override
    public void preload() {
        services.values().forEach(EmbeddedService::preload);
    }

    private EmbeddedService service(String name) {
        EmbeddedService service = services.get(name);
        if (service == null) {
            throw new DevServicesException("The embedded provider cannot run '" + name + "'. It runs: "
                    + String.join(", ", services.keySet().stream().sorted().toList()) + ".");
        }
        return service;
    }
}
