package dev.tideline.devservices.launchpad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.devservices.lifecycle.RecordingProgress;
import dev.tideline.devservices.lifecycle.TestWorkspace;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.ports.ExtraPorts;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The launchpad over HTTP, beside a real mail server. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class LaunchpadTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final RecordingProgress progress = new RecordingProgress();
    private PrefixRegistry registry;
    private TestWorkspace here;
    private Launchpad launchpad;

    @BeforeEach
    void open_the_launchpad_of_a_workspace_with_a_hostile_name() throws Exception {
        registry = PrefixRegistry.at(folder.resolve("state"));
        here = workspace("<b>my & \"work\"");
        launchpad = Launchpad.start(config(Set.of()), registry);
    }

    @AfterEach
    void stop_everything() {
        launchpad.close();
        here.services(progress).stop();
    }

    @Test
    void an_empty_workspace_says_so_and_shows_its_ports() throws Exception {
        JsonNode seen = json();

        assertThat(seen.get("workspace").asText()).isEqualTo(here.root().toString());
        assertThat(seen.get("prefix").asInt()).isEqualTo(here.prefix());
        assertThat(seen.get("summary").asText()).isEqualTo("No service runs here.");
        assertThat(seen.get("services")).isEmpty();
        assertThat(seen.get("other_workspaces")).isEmpty();
        assertThat(seen.get("other_ports"))
                .extracting(port -> port.get("name").asText())
                .containsExactly(
                        "admin",
                        "directory",
                        "mailbox",
                        "traces",
                        "postgres",
                        "smtp",
                        "pop3",
                        "otlp",
                        "external-postgres");
        assertThat(seen.get("other_ports"))
                .extracting(port -> port.get("health").asText())
                .containsOnly("free");
    }

    @Test
    void a_service_is_shown_with_its_health_its_page_and_how_to_connect() throws Exception {
        ServiceRecord mail = here.start(progress, "one", "mail").get(0);

        JsonNode seen = json();

        assertThat(seen.get("summary").asText()).isEqualTo("1 service, and it answers.");
        JsonNode shown = seen.get("services").get(0);
        assertThat(shown.get("name").asText()).isEqualTo("mail");
        assertThat(shown.get("health").asText()).isEqualTo("ready");
        assertThat(shown.get("run_by").asText())
                .isEqualTo("embedded, pid " + mail.handle().getAsLong());
        assertThat(shown.get("used_by").get(0).asText()).isEqualTo("build one");
        assertThat(shown.get("pages").get("mailbox").asText()).isEqualTo("http://127.0.0.1:" + here.prefix() + "05");
        assertThat(shown.get("connect").get("Environment").asText())
                .isEqualTo("export SMTP_HOST=127.0.0.1 SMTP_PORT=" + here.prefix() + "29");
        assertThat(seen.get("other_ports"))
                .extracting(port -> port.get("name").asText())
                .doesNotContain("mailbox", "smtp", "pop3", "launchpad");
        assertThat(get("/"))
                .contains("<a id=\"open-mailbox\" href=\"http://127.0.0.1:" + here.prefix() + "05\">")
                .contains("<code>smtp://127.0.0.1:" + here.prefix() + "29</code>");
    }

    @Test
    void a_service_that_died_is_shown_as_such_until_it_is_started_again() throws Exception {
        ServiceRecord mail = here.start(progress, "one", "mail").get(0);
        ProcessHandle process = ProcessHandle.of(mail.handle().getAsLong()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();

        String[] summary = new String[1];
        boolean noticed = Poll.untilTrue(Duration.ofSeconds(10), () -> {
            summary[0] = summary();
            return summary[0].equals("Mail: its process is gone");
        });
        assertThat(noticed).as(summary[0]).isTrue();

        here.start(progress, "one", "mail");
        reopen();
        assertThat(json().get("summary").asText()).isEqualTo("1 service, and it answers.");
    }

    private String summary() {
        try {
            return json().get("summary").asText();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_port_of_the_project_is_shown_with_what_listens_there() throws Exception {
        ExtraPorts.remember(Workspace.at(here.root()), ExtraPorts.of(Map.of("shop", "40", "queue", "41")));
        try (ServerSocket queue = new ServerSocket(here.prefix() * 100 + 41, 50, InetAddress.getByName("127.0.0.1"))) {
            here.start(progress, "one", "mail");
            JsonNode ports = json().get("other_ports");

            assertThat(byName(ports, "shop").get("health").asText()).isEqualTo("free");
            assertThat(byName(ports, "queue").get("health").asText()).isEqualTo("listening");
            assertThat(byName(ports, "queue").get("page").isNull()).isTrue();
            assertThat(queue.isBound()).isTrue();
        }
    }

    @Test
    void another_workspace_is_listed_while_something_runs_there() throws Exception {
        TestWorkspace other = workspace("other");
        registry.record(Workspace.at(other.root()), new PortPrefix(other.prefix(), "the test"));
        registry.record(Workspace.at(here.root()), new PortPrefix(here.prefix(), "the test"));
        assertThat(json().get("other_workspaces")).isEmpty();

        other.start(progress, "one", "launchpad");
        try {
            reopen();
            JsonNode shown = json().get("other_workspaces").get(0);
            assertThat(shown.get("workspace").asText()).isEqualTo(other.root().toString());
            assertThat(shown.get("prefix").asInt()).isEqualTo(other.prefix());
            assertThat(shown.get("services").get(0).asText()).isEqualTo("launchpad");
            assertThat(shown.get("launchpad").asText()).isEqualTo("http://127.0.0.1:" + other.prefix() + "00");
            assertThat(get("/")).contains("src=\"/swatch/" + other.prefix() + ".svg\"");
            ProcessHandle process = ProcessHandle.of(
                            other.services(progress).known().get(0).handle().getAsLong())
                    .orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
            reopen();
            assertThat(json().get("other_workspaces")).isEmpty();
        } finally {
            other.services(progress).stop();
        }
    }

    @Test
    void notes_that_cannot_be_read_are_the_page_s_message_and_not_its_end() throws Exception {
        Path notes = Files.createDirectories(here.state().root().resolve("services"));
        Files.writeString(notes.resolve("mail.properties"), "startedAt=yesterday\n");

        assertThat(json().get("summary").asText()).isEqualTo("The state of this workspace cannot be read.");
        assertThat(json().get("problem").asText()).contains("mail.properties is damaged: ");
        Files.delete(notes.resolve("mail.properties"));
    }

    @Test
    void text_that_came_from_outside_is_never_markup() throws Exception {
        assertThat(get("/"))
                .contains("<h1>&lt;b&gt;my &amp; &quot;work&quot;</h1>")
                .doesNotContain("<b>my")
                .doesNotContain("style=")
                .doesNotContain("<script>")
                .doesNotContainPattern("(src|href)=\"(https?:)?//(?!127\\.0\\.0\\.1|localhost:)");
    }

    @Test
    void every_answer_carries_a_policy_that_lets_nothing_in_from_elsewhere() throws Exception {
        for (String path : new String[] {"/", "/api/v1/workspace", "/assets/launchpad.js", "/healthz", "/nothing"}) {
            assertThat(ask("GET", path, "localhost"))
                    .as(path)
                    .containsIgnoringCase("Content-Security-Policy: default-src 'none'; style-src 'self'; script-src"
                            + " 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'\r\n")
                    .containsIgnoringCase("X-Content-Type-Options: nosniff\r\n")
                    .containsIgnoringCase("Cross-Origin-Resource-Policy: same-origin\r\n");
        }
    }

    @Test
    void only_names_of_this_machine_are_answered_unless_one_is_added() throws Exception {
        assertThat(ask("GET", "/", "127.0.0.1:" + here.prefix() + "00")).startsWith("HTTP/1.1 200 ");
        assertThat(ask("GET", "/", "shop.localhost")).startsWith("HTTP/1.1 200 ");
        assertThat(ask("GET", "/", "rebound.example"))
                .startsWith("HTTP/1.1 403 ")
                .endsWith("the Host header names rebound.example, but only loopback names are served here (a guard"
                        + " against DNS rebinding); add the name to the launchpad's allowed hosts if it is yours\n");

        launchpad.close();
        launchpad = Launchpad.start(config(Set.of("rebound.example")), registry);
        assertThat(ask("GET", "/", "rebound.example")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void only_its_own_page_may_start_and_stop_services() throws Exception {
        ServiceRecord mail = here.start(progress, "one", "mail").get(0);
        String page = get("/");
        String token = page.substring(page.indexOf("data-token=\"") + 12, page.indexOf("data-token=\"") + 48);
        String own = "Origin: http://localhost\r\nX-Launchpad-Token: ";
        String stop = "/api/v1/services/mail/stop";
        for (String headers : new String[] {
            "",
            "Origin: http://localhost\r\n",
            "X-Launchpad-Token: " + token + "\r\n",
            own + "guessed\r\n",
            own.replace("localhost", "localhost:81") + token + "\r\n",
            own.replace("localhost", "evil.example") + token + "\r\n"
        }) {
            assertThat(ask("POST", stop, "localhost", headers)).as(headers).startsWith("HTTP/1.1 403 ");
        }
        assertThat(ask("POST", stop, "evil.example", own.replace("localhost", "evil.example") + token + "\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(ask("GET", stop, "localhost", own + token + "\r\n")).startsWith("HTTP/1.1 405 ");
        assertThat(ask("GET", "/api/v1/services/mail/log", "localhost")).startsWith("HTTP/1.1 403 ");
        assertThat(here.services(progress).isAlive(mail)).isTrue();

        assertThat(ask("GET", "/api/v1/services/mail/log", "localhost", own + token + "\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("ready http=");
        assertThat(ask("POST", "/api/v1/services/nothing/stop", "localhost", own + token + "\r\n"))
                .startsWith("HTTP/1.1 409 ");
        assertThat(ask("POST", "/api/v1/services/launchpad/stop", "localhost", own + token + "\r\n"))
                .startsWith("HTTP/1.1 409 ");
        assertThat(ask("POST", stop, "localhost", own + token + "\r\n")).startsWith("HTTP/1.1 202 ");
        assertThat(Poll.untilTrue(Duration.ofSeconds(60), () -> summary().equals("Mail is stopped")))
                .as("it is stopped")
                .isTrue();
        assertThat(here.services(progress).isAlive(mail)).isFalse();
        assertThat(here.services(progress).status().get(0).inWords()).contains("it was stopped on the launchpad");
    }

    @Test
    void what_only_shows_changes_nothing() throws Exception {
        assertThat(ask("POST", "/", "localhost"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("Allow: GET, HEAD\r\n")
                .endsWith("/ accepts only GET and HEAD.\n");
        assertThat(ask("HEAD", "/", "localhost")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
        assertThat(ask("GET", "/../etc/passwd", "localhost"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("There is nothing at /../etc/passwd.\n");
    }

    @Test
    void however_many_look_the_services_are_asked_once_a_second() {
        AtomicLong now = new AtomicLong();
        try (Surroundings surroundings = new Surroundings(config(Set.of()), registry, now::get)) {
            View first = surroundings.look();
            now.set(999_999_999);
            assertThat(surroundings.look()).isSameAs(first);
            now.set(1_000_000_000);
            assertThat(surroundings.look()).isNotSameAs(first);
        }
    }

    @Test
    void wrong_words_are_refused() {
        String root = here.root().toString();
        assertThatThrownBy(() -> LaunchpadMain.parse(root, "--port=8105"))
                .hasMessage("--port is '8105'; it takes a prefix followed by 00");
        assertThatThrownBy(() -> LaunchpadMain.parse(root)).hasMessage("--port= is missing");
        assertThatThrownBy(() -> LaunchpadMain.parse(root, "--host=x"))
                .hasMessage("unknown argument '--host=x'; there are --allowed-hosts=…, --port=…");
        assertThatThrownBy(() -> LaunchpadMain.parse(" ", "--port=8100"))
                .hasMessage("The environment variable TIDELINE_WORKSPACE must name the workspace.");
    }

    private TestWorkspace workspace(String name) throws Exception {
        return TestWorkspace.at(Files.createDirectories(folder.resolve(name)), registry);
    }

    private LaunchpadConfig config(Set<String> hosts) {
        return new LaunchpadConfig(Workspace.at(here.root()), new PortPrefix(here.prefix(), "the test"), hosts);
    }

    /** A new one has seen nothing yet. */
    private void reopen() {
        launchpad.close();
        // The JDK's server gives its port up a moment after it has been stopped.
        launchpad = Poll.until(Duration.ofSeconds(10), this::start).orElseThrow();
    }

    private Optional<Launchpad> start() {
        try {
            return Optional.of(Launchpad.start(config(Set.of()), registry));
        } catch (BindException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode byName(JsonNode ports, String name) {
        for (JsonNode port : ports) {
            if (port.get("name").asText().equals(name)) {
                return port;
            }
        }
        throw new AssertionError("no port " + name + " in " + ports);
    }

    private JsonNode json() throws Exception {
        return JSON.readTree(get("/api/v1/workspace"));
    }

    private String get(String path) throws Exception {
        String answer = ask("GET", path, "localhost");
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** By hand, since Java's client sets the Host header itself. */
    private String ask(String method, String path, String host) throws Exception {
        return ask(method, path, host, "");
    }

    private String ask(String method, String path, String host, String headers) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", here.prefix() * 100);
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
