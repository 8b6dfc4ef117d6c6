package dev.tideline.devservices.workspace;

import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.lifecycle.Progress;
import dev.tideline.devservices.lifecycle.StateFolder;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.provider.Providers;
import dev.tideline.devservices.provider.docker.DockerProvider;
import dev.tideline.devservices.provider.docker.EngineAddress;
import dev.tideline.devservices.provider.embedded.Artifacts;
import dev.tideline.devservices.provider.embedded.EmbeddedProvider;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.ports.UserFolders;
import dev.tideline.ports.WorkspacePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The services of a workspace with all providers.
 *
 * @param artifacts finds what the embedded provider runs
 * @param offline whether images may not be pulled
 */
public record WorkspaceServices(
        WorkspacePorts ports, StateFolder state, Artifacts artifacts, Progress progress, boolean offline) {

    /** The home of Debian's accounts that have none: nothing is ever there. */
    private static final Path NO_HOME = Path.of("/nonexistent");

    /** For operations that start nothing: the record names the provider. */
    public DevServices services() {
        return services(EmbeddedProvider.NAME, List.of());
    }

    /**
     * The services, started by one of the providers; the user's own are always containers.
     *
     * @param chosen the provider's name
     * @param specs what is to run
     */
    public DevServices services(String chosen, List<ServiceSpec> specs) {
        Provider embedded = EmbeddedProvider.standard(artifacts);
        Provider docker = docker();
        boolean inContainers = chosen.equals(DockerProvider.NAME);
        boolean needsDocker = inContainers || specs.stream().anyMatch(ServiceSpec::isCustom);
        Providers providers = new Providers(
                inContainers ? docker : embedded,
                service -> !ServiceCatalogue.isTidelines(service) || inContainers && DockerProvider.runs(service)
                        ? docker
                        : embedded,
                needsDocker ? List.of(embedded, docker) : List.of(embedded),
                List.of(embedded, docker));
        return new DevServices(ports, state, catalogue(), providers, progress);
    }

    /** What can be started, and what was started of the user's own. */
    public ServiceCatalogue catalogue() {
        return ServiceCatalogue.with(state::specs);
    }

    /** Why Docker cannot run services, for people; empty if it can. */
    public Optional<String> obstacleToDocker(List<ServiceSpec> specs) {
        return docker().obstacle(specs);
    }

    /**
     * The provider for what a user wrote.
     *
     * @param wanted {@code auto}, or the name of a provider
     * @throws dev.tideline.devservices.DevServicesException if there is no such provider
     */
    public ProviderChoice choice(String wanted, List<ServiceSpec> specs) {
        return ProviderChoice.of(wanted, () -> runningProvider(specs), () -> obstacleToDocker(specs));
    }

    private DockerProvider docker() {
        return new DockerProvider(
                () -> EngineAddress.find(
                        System.getenv(), UserFolders.ofThisProcess().home().orElse(NO_HOME)),
                ports.workspace().root(),
                ports.prefix().value(),
                catalogue(),
                offline ? Optional.empty() : Optional.of(new PullNotes(progress)));
    }

    private Optional<String> runningProvider(List<ServiceSpec> specs) {
        DevServices services = services();
        return services.known().stream()
                .filter(record -> specs.stream().anyMatch(spec -> spec.name().equals(record.service())))
                .filter(record -> DockerProvider.runs(record.service()))
                .filter(record -> services.isAlive(record) || services.isPaused(record.service()))
                .map(ServiceRecord::provider)
                .findFirst();
    }
}
