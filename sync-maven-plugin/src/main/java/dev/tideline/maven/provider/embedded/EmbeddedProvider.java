package dev.tideline.maven.provider.embedded;

import dev.tideline.maven.DevServicesException;
import dev.tideline.maven.process.ProcessIdentity;
import dev.tideline.maven.provider.Provider;
import dev.tideline.maven.service.CollectorService;
import dev.tideline.maven.service.LaunchpadService;
import dev.tideline.maven.service.MailService;
import dev.tideline.maven.service.ServiceRecord;
import dev.tideline.maven.service.ServiceSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs services as plain processes of this machine. What differs from service to service is an {@link EmbeddedService}. */
public final class EmbeddedProvider implements Provider {

    /** The name that a user writes. */
    public static final String NAME = "embedded";

    private final Map<String, EmbeddedService> services;

    /**
     * A provider of these services.
     *
     * @param services how each service is run, by name
     */
    public EmbeddedProvider(Map<String, EmbeddedService> services) {
        this.services = Map.copyOf(services);
    }

    /**
     * A provider of all services that can be run as processes.
     *
     * @param jars finds jars in a Maven repository
     * @param classPath finds what Tideline's own servers need; asked when one of them is started
     * @return the provider
     */
    public static EmbeddedProvider standard(JarSource jars, ClassPath classPath) {
        EmbeddedPostgres postgres = new EmbeddedPostgres(jars);
        return new EmbeddedProvider(Map.of(
                "postgres",
                postgres,
                "external-postgres",
                postgres,
                MailService.NAME,
                new EmbeddedJvm(new MailProgram(), classPath),
                CollectorService.NAME,
                new EmbeddedJvm(new CollectorProgram(), classPath),
                LaunchpadService.NAME,
                new EmbeddedJvm(new LaunchpadProgram(), classPath)));
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
