package dev.tideline.maven.mojo;

import dev.tideline.maven.DevServicesException;
import dev.tideline.maven.provider.embedded.EmbeddedProvider;
import java.util.Optional;

/**
 * Which provider runs the services.
 *
 * @param name the provider
 * @param reason for people: why this one, where they left the choice open
 */
record ProviderChoice(String name, Optional<String> reason) {

    private static final String AUTO = "auto";
    private static final String DOCKER = "docker";

    /**
     * The choice for what a user wrote.
     *
     * @throws DevServicesException if there is no such provider
     */
    static ProviderChoice of(String wanted) {
        return switch (wanted) {
            case EmbeddedProvider.NAME -> new ProviderChoice(EmbeddedProvider.NAME, Optional.empty());
            case AUTO ->
                new ProviderChoice(
                        EmbeddedProvider.NAME,
                        Optional.of("Provider auto chose embedded: the docker provider is not there yet."));
            case DOCKER ->
                throw new DevServicesException("The docker provider is not there yet. Leave the provider out, or give "
                        + EmbeddedProvider.NAME + ": it runs the same services as processes of this machine.");
            default ->
                throw new DevServicesException("There is no provider '" + wanted + "'. Give one of: " + AUTO + ", "
                        + EmbeddedProvider.NAME + ".");
        };
    }
}
