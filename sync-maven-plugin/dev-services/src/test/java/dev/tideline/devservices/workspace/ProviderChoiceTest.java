package dev.tideline.devservices.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProviderChoiceTest {

    private static final Supplier<Optional<String>> NOTHING = Optional::empty;
    private static final Supplier<Optional<String>> NOT_ASKED = () -> {
        throw new AssertionError("nobody left this open");
    };

    @Test
    void auto_is_docker_if_nothing_keeps_it_from_running_the_services() {
        assertThat(ProviderChoice.of("auto", NOTHING, NOTHING))
                .isEqualTo(new ProviderChoice(
                        "docker", Optional.of("Provider auto chose docker: an engine answers and has all images.")));
    }

    @Test
    void auto_is_embedded_if_something_does_and_says_what() {
        assertThat(ProviderChoice.of("auto", NOTHING, () -> Optional.of("no Docker engine answers at X")))
                .isEqualTo(new ProviderChoice(
                        "embedded", Optional.of("Provider auto chose embedded: no Docker engine answers at X.")));
    }

    @Test
    void auto_stays_with_what_runs() {
        assertThat(ProviderChoice.of("auto", () -> Optional.of("embedded"), NOT_ASKED))
                .isEqualTo(new ProviderChoice(
                        "embedded",
                        Optional.of("Provider auto stays with embedded: it runs services of this workspace already.")));
    }

    @Test
    void what_is_asked_for_is_taken_without_looking_and_without_a_word() {
        assertThat(ProviderChoice.of("embedded", NOT_ASKED, NOT_ASKED))
                .isEqualTo(new ProviderChoice("embedded", Optional.empty()));
        assertThat(ProviderChoice.of("docker", NOT_ASKED, NOT_ASKED))
                .isEqualTo(new ProviderChoice("docker", Optional.empty()));
    }

    @Test
    void an_unknown_provider_is_refused() {
        assertThatThrownBy(() -> ProviderChoice.of("podman", NOTHING, NOTHING))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("There is no provider 'podman'. Give one of: auto, embedded, docker.");
    }
}
