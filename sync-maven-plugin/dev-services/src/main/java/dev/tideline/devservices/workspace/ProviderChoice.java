package dev.tideline.devservices.workspace;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.docker.DockerProvider;
import dev.tideline.devservices.provider.embedded.EmbeddedProvider;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The provider that runs the services.
 *
 * @param reason for people, if they left the choice open
 */
public record ProviderChoice(String name, Optional<String> reason) {

    private static final String AUTO = "auto";

    /**
     * The choice for what a user wrote.
     *
     * @param running the provider of running services, called if the choice is open: containers and processes of one
     *     service have separate data, so the provider must not change unexpectedly
     * @param obstacle why Docker cannot run the services, called if the choice is open
     * @throws DevServicesException if there is no such provider
     */
    static ProviderChoice of(String wanted, Supplier<Optional<String>> running, Supplier<Optional<String>> obstacle) {
        return switch (wanted) {
            case EmbeddedProvider.NAME, DockerProvider.NAME -> new ProviderChoice(wanted, Optional.empty());
            case AUTO ->
                running.get()
                        .map(ProviderChoice::staying)
                        .orElseGet(() ->
                                obstacle.get().map(ProviderChoice::embedded).orElseGet(ProviderChoice::docker));
            default ->
                throw new DevServicesException("There is no provider '" + wanted + "'. Give one of: " + AUTO + ", "
                        + EmbeddedProvider.NAME + ", " + DockerProvider.NAME + ".");
        };
    }

    private static ProviderChoice staying(String provider) {
        return new ProviderChoice(
                provider,
                Optional.of("Provider auto stays with " + provider + ": it runs services of this workspace already."));
    }

    private static ProviderChoice embedded(String obstacle) {
        return new ProviderChoice(
                EmbeddedProvider.NAME, Optional.of("Provider auto chose embedded: " + obstacle + "."));
    }

    private static ProviderChoice docker() {
        return new ProviderChoice(
                DockerProvider.NAME, Optional.of("Provider auto chose docker: an engine answers and has all images."));
    }
}
