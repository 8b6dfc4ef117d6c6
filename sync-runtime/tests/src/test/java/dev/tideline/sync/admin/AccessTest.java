package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.fixture.ReservedPort;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.config.AdminConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and who is not. */
class AccessTest {

    private static final List<String> GUARDED = List.of(
            "/api/v1/status",
            "/api/v1/events",
            "/api/v1/fusebox",
            "/api/v1/history",
            "/api/v1/jobs",
            "/api/v1/parked",
            "/api/v1/requests",
            "/api/v1/external-databases",
            "/api/v1/openapi.json",
            "/api/v1/no-such-thing",
            "/assets/page.js",
            "/metrics");

    private static SyncScenario scenario;
    private static SyncRuntime runtime;

    @BeforeAll
    static void start() {
        scenario = SyncScenario.users();
        scenario.install();
        runtime = scenario.run();
    }

    @AfterAll
    static void stop() {
        scenario.close();
    }

    @Test
    void without_the_token_nothing_is_shown_but_whether_it_lives() {
        try (Api api = Api.of(runtime)) {
            for (String path : GUARDED) {
                assertThat(api.send(api.request(path).GET())).as(path).satisfies(answer -> {
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.type()).isEqualTo("application/problem+json");
                    assertThat(answer.json().at("/detail").asText())
                            .isEqualTo(
                                    "Send the header Authorization: Bearer with the admin token, or log in at /login.");
                });
                assertThat(api.send(api.request(path).header("Authorization", "Bearer wrong"))
                                .status())
                        .as(path)
                        .isEqualTo(401);
            }
            assertThat(api.send(api.request("/healthz")).body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(api.send(api.request("/readyz")).status()).isEqualTo(200);
            assertThat(api.send(api.request("/login")).type()).startsWith("text/html");
            assertThat(api.send(api.request("/")).headers().firstValue("Location"))
                    .contains("/login");
        }
    }

    @Test
    void the_cron_endpoints_take_the_cron_secret_and_nothing_else() {
        AdminConfig without =
                new AdminConfig(ReservedPort.next(), "127.0.0.1", Optional.of(Api.TOKEN), Optional.empty());
        try (Api api = Api.of(runtime);
                Api closed = Api.of(runtime, without)) {
            for (String path : List.of("/api/v1/sequencer", "/api/v1/poller")) {
                assertThat(api.send(api.request(path)).status()).isEqualTo(401);
                assertThat(api.get(path).status()).isEqualTo(401);
                assertThat(closed.get(path).json().at("/detail").asText())
                        .isEqualTo("The cron endpoints are closed, because admin.cron_secret is not set.");
                assertThat(closed.send(closed.request(path).header("Authorization", "Bearer "))
                                .status())
                        .isEqualTo(401);
                assertThat(api.send(api.request(path).header("Authorization", "Bearer " + Api.CRON_SECRET))
                                .status())
                        .isEqualTo(200);
            }
            assertThat(api.send(api.request("/api/v1/status").header("Authorization", "Bearer " + Api.CRON_SECRET))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_browsers_session_changes_nothing_for_another_site() {
        try (Api api = Api.of(runtime)) {
            Api.Answer login = login(api, Api.TOKEN);
            String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
            String session = cookie.substring(0, cookie.indexOf(';'));
            String ours = api.server().url();

            assertThat(api.send(api.request("/api/v1/status").header("Cookie", session))
                            .status())
                    .isEqualTo(200);
            assertThat(pause(api, session, ours, "1").status()).isEqualTo(200);
            assertThat(pause(api, session, null, "1").status()).isEqualTo(403);
            assertThat(pause(api, session, ours, null).status()).isEqualTo(403);
            assertThat(pause(api, session, "http://evil.example", "1").status()).isEqualTo(403);
            assertThat(pause(api, session, "null", "1").status()).isEqualTo(403);
            assertThat(api.send(api.request("/api/v1/status").header("Cookie", "tideline_session=guessed"))
                            .status())
                    .isEqualTo(401);

            assertThat(api.send(api.request("/logout")
                                    .header("Cookie", session)
                                    .header("Origin", ours)
                                    .header(Gate.PROOF, "1")
                                    .POST(BodyPublishers.noBody()))
                            .status())
                    .isEqualTo(200);
            assertThat(api.send(api.request("/api/v1/status").header("Cookie", session))
                            .status())
                    .isEqualTo(401);
        }
    }

    private static Api.Answer pause(Api api, String session, String origin, String proof) {
        var request = api.request("/api/v1/fusebox")
                .header("Cookie", session)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"poller_enabled\":true}"));
        if (origin != null) {
            request.header("Origin", origin);
        }
        if (proof != null) {
            request.header(Gate.PROOF, proof);
        }
        return api.send(request);
    }

    private static Api.Answer login(Api api, String token) {
        return api.send(api.request("/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}")));
    }

    @Test
    void whoever_guesses_is_slowed_down_and_the_right_token_does_not_tell() {
        try (Api api = Api.of(runtime)) {
            List<Integer> statuses = IntStream.range(0, 8)
                    .map(i -> login(api, "guess" + i).status())
                    .boxed()
                    .toList();
            assertThat(statuses).containsExactly(401, 401, 401, 401, 401, 429, 429, 429);
            assertThat(login(api, Api.TOKEN)).satisfies(answer -> {
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });
        }
    }

    @Test
    void a_name_that_is_not_ours_is_not_answered_whatever_it_resolves_to() throws IOException {
        try (Api api = Api.of(runtime)) {
            int port = api.server().port();
            assertThat(statusLine(port, "evil.example:" + port)).contains(" 421 ");
            assertThat(statusLine(port, "127.0.0.1.evil.example")).contains(" 421 ");
            assertThat(statusLine(port, "localhost.evil.example")).contains(" 421 ");
            assertThat(statusLine(port, "localhost:" + port)).contains(" 200 ");
            assertThat(statusLine(port, "127.0.0.1:" + port)).contains(" 200 ");
            assertThat(statusLine(port, "[::1]:" + port)).contains(" 200 ");
        }
    }

    @Test
    void the_names_that_the_configuration_lists_are_answered() throws IOException {
        AdminConfig named = new AdminConfig(
                ReservedPort.next(),
                "127.0.0.1",
                Optional.of(Api.TOKEN),
                Optional.empty(),
                List.of("Tideline.example.org"));
        try (Api api = Api.of(runtime, named)) {
            assertThat(statusLine(named.port(), "tideline.example.org")).contains(" 200 ");
            assertThat(statusLine(named.port(), "other.example.org")).contains(" 421 ");
        }
    }

    /** The client of the JDK does not let a Host be made up. */
    private static String statusLine(int port, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void every_answer_tells_browsers_to_run_nothing_foreign() {
        try (Api api = Api.of(runtime)) {
            for (String path : List.of("/login", "/api/v1/status", "/nothing", "/healthz")) {
                var headers = api.get(path).headers();
                assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                        .as(path)
                        .contains("default-src 'none'")
                        .contains("script-src 'self'")
                        .doesNotContain("unsafe-inline");
                assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
                assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
                assertThat(headers.firstValue("Server")).isEmpty();
            }
        }
    }

    @Test
    void without_a_token_one_is_made_that_only_the_user_can_read_and_stays(@TempDir Path folder) throws IOException {
        AdminConfig config = new AdminConfig(ReservedPort.next(), "127.0.0.1", Optional.empty(), Optional.empty());
        Path kept = folder.resolve("state");
        String link;
        try (Api api = Api.of(runtime, config, kept)) {
            link = api.server().loginLink().orElseThrow();
            Path file = api.server().tokenFile().orElseThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            String token = Files.readString(file).strip();
            assertThat(link).isEqualTo(api.server().url() + "/login#" + token);
            assertThat(login(api, token).status()).isEqualTo(200);
            assertThat(api.get("/api/v1/status").status()).isEqualTo(401);
        }
        try (Api api = Api.of(runtime, config, kept)) {
            assertThat(api.server().loginLink()).contains(link);
            Files.setPosixFilePermissions(
                    api.server().tokenFile().orElseThrow(), PosixFilePermissions.fromString("rw-r--r--"));
        }
        try (Api api = Api.of(runtime, config, kept)) {
            assertThat(api.server().loginLink().orElseThrow())
                    .as("others could read it")
                    .isNotEqualTo(link);
        }
    }
}
