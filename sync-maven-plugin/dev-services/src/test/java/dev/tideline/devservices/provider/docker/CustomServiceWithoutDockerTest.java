package dev.tideline.devservices.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where there is no Docker engine, too: that is what it is about. */
class CustomServiceWithoutDockerTest {

    private static final ServiceSpec REDIS = ServiceSpec.custom("redis", "redis:8", Map.of(), 6379, "tcp");

    @TempDir
    Path folder;

    @Test
    void a_custom_service_without_an_engine_names_image_engine_and_what_to_do() {
        assertRefused("unix://" + folder.resolve("docker.sock"));
    }

    @Test
    void or_on_the_port() throws IOException {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }
        assertRefused("tcp://127.0.0.1:" + free);
    }

    private void assertRefused(String address) {
        EngineAddress nobody = new EngineAddress(URI.create(address), "DOCKER_HOST");
        DockerProvider docker = new DockerProvider(
                () -> nobody, folder, 11, ServiceCatalogue.with(() -> List.of(REDIS)), Optional.empty());

        docker.sweep(List.of(), note -> fail(note)); // a start begins with this, and must come to the message below
        assertThatThrownBy(() -> docker.prepare(REDIS))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("Service redis runs the image redis:8 and needs Docker, but no Docker engine answers at "
                        + address + " (DOCKER_HOST). Start Docker, or name the services that you need without redis in"
                        + " -Dtideline.services=….");
        assertThat(docker.deleteAllData())
                .as("there is nothing that could be deleted, and cleaning does not fail for it")
                .isFalse();
    }
}
