package dev.tideline.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.maven.DevServicesException;
import org.junit.jupiter.api.Test;

class ProviderChoiceTest {

    @Test
    void auto_says_what_it_chose_and_why() {
        assertThat(ProviderChoice.of("auto").name()).isEqualTo("embedded");
        assertThat(ProviderChoice.of("auto").reason())
                .contains("Provider auto chose embedded: the docker provider is not there yet.");
    }

    @Test
    void a_provider_that_was_asked_for_needs_no_reason() {
        assertThat(ProviderChoice.of("embedded").name()).isEqualTo("embedded");
        assertThat(ProviderChoice.of("embedded").reason()).isEmpty();
    }

    @Test
    void docker_is_refused_as_long_as_it_is_not_there() {
        assertThatThrownBy(() -> ProviderChoice.of("docker"))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("The docker provider is not there yet. Leave the provider out, or give embedded: it runs"
                        + " the same services as processes of this machine.");
    }

    @Test
    void an_unknown_provider_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> ProviderChoice.of("podman"))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("There is no provider 'podman'. Give one of: auto, embedded.");
    }
}
