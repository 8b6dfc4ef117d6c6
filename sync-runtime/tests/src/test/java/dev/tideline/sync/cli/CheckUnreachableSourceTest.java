package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} says of a source that cannot be connected to. */
@ExtendWith(PostgresFixture.class)
class CheckUnreachableSourceTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final ClosedPort closed = new ClosedPort();

    private CheckedSource checks;

    @BeforeEach
    void nameTheFolder() {
        checks = new CheckedSource(folder);
    }

    @Test
    void a_source_that_does_not_answer_is_exit_1() {
        Outcome result = checks.check(
                CheckedSource.yaml("postgres://u:hunter2@127.0.0.1:" + closed.number() + "/d", "{ table: ext }"));

        assertThat(result.err())
                .isEqualTo("tideline.yaml:1:11 source.url: nothing accepts connections at 127.0.0.1:" + closed.number()
                        + ". Start Postgres there, or correct host and port.\n");
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void a_server_that_accepts_and_says_nothing_does_not_hold_us() throws IOException {
        try (ServerSocket mute = new ServerSocket(0)) {
            String server = "127.0.0.1:" + mute.getLocalPort();

            Outcome result = checks.check(CheckedSource.yaml(
                    "postgres://u:x@" + server + "/d?sslmode=disable&connect_timeout=1", "{ table: e }"));

            assertThat(result.err())
                    .isEqualTo("tideline.yaml:1:11 source.url: no answer from " + server
                            + " within 1 s. Check for a firewall in between, and check host and port.\n");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "prefer"})
    void a_server_that_accepts_and_hangs_up_is_said_to_give_no_answer(String sslmode) throws Exception {
        try (ServerSocket rude = new ServerSocket(0)) {
            String server = "127.0.0.1:" + rude.getLocalPort();
            Thread hangingUp = new Thread(() -> {
                while (true) {
                    try (Socket caller = rude.accept()) {
                        caller.getInputStream().read(new byte[8]);
                    } catch (IOException e) {
                        return; // the test is over
                    }
                }
            });
            hangingUp.start();

            Outcome result = checks.check(
                    CheckedSource.yaml("postgres://u:x@" + server + "/d?sslmode=" + sslmode, "{ table: e }"));

            assertThat(result.err())
                    .isEqualTo("tideline.yaml:1:11 source.url: no answer from " + server
                            + ": the connection was accepted and then closed. Check for a proxy or firewall in"
                            + " between, and that Postgres listens there.\n");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @Test
    void a_wrong_password_is_never_echoed(TestDatabase source) {
        Outcome result = checks.check(CheckedSource.yaml(source.url("postgres", "hunter2"), "{ table: ext }"));

        assertThat(result.err())
                .isEqualTo("tideline.yaml:1:11 source.url: the server at 127.0.0.1:" + source.port()
                        + " does not accept the password of user \"postgres\". Correct the password in the address;"
                        + " there write characters such as @ / ? # as %40 %2F %3F %23.\n");
        assertThat(result.code()).isEqualTo(2);
        assertThat(checks.check(CheckedSource.yaml(source.url("postgres", "hunter2"), "{ table: ext }"), "--verbose")
                        .err())
                .contains("ConfigException")
                .doesNotContain("hunter2");
    }

    @Test
    void no_password_an_unknown_database_and_tls_that_is_not_there(TestDatabase source) {
        String server = "127.0.0.1:" + source.port();

        assertThat(checks.check(CheckedSource.yaml("postgres://postgres@" + server + "/d", "{ table: ext }"))
                        .err())
                .isEqualTo("tideline.yaml:1:11 source.url: the server at " + server
                        + " asks for a password of user \"postgres\", and the address has none."
                        + " Write postgres://user:password@host:port/database.\n");
        assertThat(checks.check(CheckedSource.yaml(
                                "postgres://postgres:postgres@" + server + "/nowhere", "{ table: ext }"))
                        .err())
                .isEqualTo("tideline.yaml:1:11 source.url: there is no database \"nowhere\" at " + server
                        + ". Create it, or correct its name.\n");
        assertThat(checks.check(CheckedSource.yaml(source.url() + "?sslmode=require", "{ table: ext }"))
                        .err())
                .isEqualTo("tideline.yaml:1:11 source.url: the server at " + server
                        + " does not offer TLS, and sslmode=require asks for it."
                        + " Enable TLS there, or write sslmode=disable if you trust the network.\n");
    }
}
