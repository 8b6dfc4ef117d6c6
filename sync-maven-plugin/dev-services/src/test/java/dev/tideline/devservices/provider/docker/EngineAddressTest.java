package dev.tideline.devservices.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineAddressTest {

    @TempDir
    Path home;

    @Test
    void docker_host_beats_all() {
        EngineAddress address =
                EngineAddress.find(Map.of("DOCKER_HOST", "unix:///some/where.sock", "DOCKER_CONTEXT", "work"), home);
        assertThat(address.inWords()).isEqualTo("unix:///some/where.sock (DOCKER_HOST)");
        assertThat(address.isListening()).isFalse();
    }

    @Test
    void the_current_context_of_dockers_own_tools_is_used() throws Exception {
        Path meta =
                Files.createDirectories(home.resolve(".docker/contexts/meta").resolve(digest("work")));
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"work\",\"Endpoints\":{\"docker\":{\"Host\":\"unix:///run/user/7/docker.sock\"}}}");
        Files.writeString(home.resolve(".docker/config.json"), "{\"auths\":{},\"currentContext\":\"work\"}");

        assertThat(EngineAddress.find(Map.of(), home).inWords())
                .isEqualTo("unix:///run/user/7/docker.sock (Docker's context 'work' of "
                        + home.resolve(".docker/config.json") + ")");
        assertThat(EngineAddress.find(Map.of("DOCKER_CONTEXT", "work"), home).inWords())
                .isEqualTo("unix:///run/user/7/docker.sock (Docker's context 'work' of DOCKER_CONTEXT)");
    }

    @Test
    void a_context_that_is_not_there_is_reported() {
        assertThatThrownBy(() -> EngineAddress.find(Map.of("DOCKER_CONTEXT", "gone"), home))
                .isInstanceOf(DevServicesException.class)
                .hasMessageMatching("Docker's context 'gone' of DOCKER_CONTEXT has no address in .+/meta\\.json\\."
                        + " Choose another context with `docker context use`, or set DOCKER_HOST\\.");
    }

    @Test
    void a_rootless_engine_is_found_by_the_socket_that_it_listens_on() throws Exception {
        Path socket = home.resolve("docker.sock");
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            EngineAddress address = EngineAddress.find(Map.of("XDG_RUNTIME_DIR", home.toString()), home);
            // Unless this machine has an engine at the usual place, which comes first.
            if (!address.origin().equals("the usual socket")) {
                assertThat(address.uri().getPath()).isEqualTo(socket.toString());
                assertThat(address.origin()).isEqualTo("a rootless engine's socket");
            }
            assertThat(address.isListening()).isTrue();
        }
    }

    @Test
    void where_nobody_listens_the_usual_place_is_named() {
        assertThat(EngineAddress.find(Map.of("XDG_RUNTIME_DIR", home.toString()), home)
                        .origin())
                .isIn("the usual socket", "a rootless engine's socket");
    }

    @Test
    void an_engine_of_another_machine_is_refused() {
        assertThatThrownBy(() -> EngineAddress.find(Map.of("DOCKER_HOST", "tcp://build.example.com:2375"), home))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("The Docker engine of DOCKER_HOST, 'tcp://build.example.com:2375', is another machine, and"
                        + " services are bound to the loopback address of the engine's machine. Give an engine of this"
                        + " machine, such as unix:///var/run/docker.sock, or use -Dtideline.provider=embedded.");
        assertThatThrownBy(() -> EngineAddress.find(Map.of("DOCKER_HOST", "ssh://me@there"), home))
                .isInstanceOf(DevServicesException.class)
                .hasMessageStartingWith("The Docker engine of DOCKER_HOST, 'ssh://me@there', is an address of a kind");
        assertThat(EngineAddress.find(Map.of("DOCKER_HOST", "tcp://127.0.0.1:2375"), home)
                        .origin())
                .isEqualTo("DOCKER_HOST");
    }

    private static String digest(String name) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(name.getBytes()));
    }
}
