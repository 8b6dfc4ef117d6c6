package dev.tideline.devservices.launchpad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.browser.Chromium;
import dev.tideline.browser.Looks;
import dev.tideline.browser.Tab;
import dev.tideline.devservices.lifecycle.RecordingProgress;
import dev.tideline.devservices.lifecycle.TestWorkspace;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.Workspace;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The launchpad as a person meets it, with mail and collector in one workspace and mail in another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("chromium")
class LaunchpadInBrowserTest {

    private final RecordingProgress progress = new RecordingProgress();
    private Chromium chromium;
    private TestWorkspace here;
    private TestWorkspace other;
    private Launchpad launchpad;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        chromium = Chromium.start();
        PrefixRegistry registry = PrefixRegistry.at(folder.resolve("state"));
        here = workspace(registry, folder.resolve("a shop with quite a long name for a folder"));
        other = workspace(registry, folder.resolve("other"));
        launchpad = Launchpad.start(
                new LaunchpadConfig(Workspace.at(here.root()), new PortPrefix(here.prefix(), "the test"), Set.of()),
                registry);
        here.start(progress, "one", "mail", "collector");
        other.start(progress, "one", "launchpad");
    }

    @AfterAll
    void stop() throws Exception {
        if (launchpad != null) {
            launchpad.close();
            here.services(progress).stop();
            other.services(progress).stop();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    private static TestWorkspace workspace(PrefixRegistry registry, Path root) throws Exception {
        return TestWorkspace.at(Files.createDirectories(root), registry);
    }

    @Test
    void it_is_readable_narrow_and_wide_light_and_dark_and_breaks_none_of_its_own_rules() throws Exception {
        Tab tab = chromium.open(launchpad.url());

        Looks.assertGood(tab, "launchpad");

        assertThat(tab.troubles()).isEmpty();
        assertThat(tab.requested())
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url).startsWith(launchpad.url()));
    }

    @Test
    void what_changes_is_seen_without_a_reload_and_the_focus_stays() {
        Tab tab = chromium.open(launchpad.url());
        assertThat(tab.text("#summary")).isEqualTo("2 services, and all answer.");
        tab.evaluate("window.untouched = true; document.querySelector('#service-mail-connect').open = true;"
                + " document.querySelector('#service-mail button.copy').focus()");
        String focused = tab.evaluate("document.activeElement.id").asText();
        ServiceRecord mail = mail();
        ProcessHandle process = ProcessHandle.of(mail.handle().getAsLong()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();

        tab.await(
                "the page says that mail is gone",
                "document.querySelector('#summary').innerText === 'Mail: its process is gone'"
                        + " && document.querySelector('#service-mail .health').innerText.includes('process is gone')");
        assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo(focused);

        here.start(progress, "one", "mail");
        tab.await(
                "the page says that all answer",
                "document.querySelector('#summary').innerText === '2 services, and all answer.'"
                        + " && document.querySelector('#service-mail .health').innerText.includes('answers')");
        assertThat(tab.evaluate("window.untouched").asBoolean()).isTrue();
        assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo(focused);
    }

    @Test
    void a_service_is_restarted_stopped_and_started_from_the_page_and_its_log_is_followed() {
        Tab tab = chromium.open(launchpad.url());
        ServiceRecord before = mail();
        tab.await("the buttons are there", "document.querySelector('#service-mail-restart')?.checkVisibility()");
        tab.evaluate("document.querySelector('#service-mail-log').open = true;"
                + " document.querySelector('#service-mail-restart').focus()");
        tab.press("Enter");
        tab.await("it is being restarted", "document.querySelector('#service-mail').matches('.starting')");
        tab.await("it answers again", "document.querySelector('#service-mail').matches('.ready')");
        assertThat(mail().handle()).isNotEqualTo(before.handle());
        assertThat(mail().token()).isEqualTo(before.token());
        assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo("service-mail-restart");
        tab.await(
                "the log shows both starts",
                "document.querySelector('#service-mail-log[open] pre').innerText.split('ready http=').length > 2");

        tab.evaluate("document.querySelector('#service-mail-stop').focus()");
        tab.press("Enter");
        tab.await("it is stopped", "document.querySelector('#service-mail').matches('.stopped')");
        assertThat(here.services(progress).isAlive(mail())).isFalse();
        assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo("service-mail-start");
        tab.press("Enter");
        tab.await("it answers again", "document.querySelector('#service-mail').matches('.ready')");
        assertThat(here.services(progress).isAlive(mail())).isTrue();
        assertThat(tab.troubles()).isEmpty();
    }

    /** What somebody new comes for, by what they see alone. */
    @Test
    void from_the_mail_to_its_link_to_its_trace_to_a_restart() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        sendSpan(trace, "00f067aa0ba902b7", "POST /signup");
        sendMail("Subject: Verify your email\r\nTraceparent: 00-" + trace + "-00f067aa0ba902b7-01\r\n\r\n" + "Open "
                + launchpad.url() + "/healthz?code=4711 please.\r\n");
        long begin = System.nanoTime();

        Tab tab = chromium.open(launchpad.url());
        click(tab, "a", "Open mailbox");
        click(tab, "#list a", "Verify your email");
        tab.await("its link is there", "document.querySelector('#view a')?.href.endsWith('/healthz?code=4711')");
        String link = tab.evaluate("document.querySelector('#view a').href").asText();
        Tab opened = chromium.open(link);
        assertThat(opened.text("body")).contains("up");

        click(tab, "#facts a", trace);
        tab.await(
                "the span that sent it is open",
                "document.querySelector('.span[open]')?.innerText.includes('POST /signup')");
        click(tab, "nav a", "Launchpad");
        click(tab, "#service-mail button", "Restart");
        tab.await("it is being restarted", "document.querySelector('#service-mail').matches('.starting')");
        tab.await("it answers again", "document.querySelector('#service-mail').matches('.ready')");

        System.out.println("From the mail to the restart: " + Duration.ofNanos(System.nanoTime() - begin));
        assertThat(tab.troubles()).isEmpty();
    }

    private static void click(Tab tab, String selector, String text) {
        String found = "[...document.querySelectorAll('" + selector + "')].find(e => e.checkVisibility()"
                + " && e.innerText.includes('" + text + "'))";
        tab.await("there is " + text, "!!" + found);
        tab.evaluate(found + ".click()");
    }

    private void sendMail(String message) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", here.prefix() * 100 + 29);
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()))) {
            assertThat(in.readLine()).startsWith("220 ");
            for (String line : List.of(
                    "HELO test", "MAIL FROM:<shop@example.com>", "RCPT TO:<jane@example.com>", "DATA", message + ".")) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).matches("[23]5[0-9] .*");
            }
        }
    }

    private void sendSpan(String trace, String span, String name) throws Exception {
        String json = """
                {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "%s", "spanId": "%s", "name": "%s",
                  "startTimeUnixNano": "1700000000000000000", "endTimeUnixNano": "1700000000400000000"}]}]}]}
                """.formatted(trace, span, name);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + here.prefix() + "31/v1/traces"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private ServiceRecord mail() {
        return here.services(progress).known().stream()
                .filter(record -> record.service().equals("mail"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everything_is_reached_by_keyboard_in_reading_order_and_copied_with_enter() {
        Tab tab = chromium.open(launchpad.url());
        tab.allowClipboard(launchpad.url());
        tab.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)");
        List<String> reached = new ArrayList<>();
        int all = tab.evaluate("document.querySelectorAll('main :is(a, button, summary), main pre').length")
                .asInt();
        tab.evaluate("document.querySelector('#theme').focus()");
        for (int i = 0; i < all; i++) {
            tab.press("Tab");
            reached.add(tab.evaluate("document.activeElement.id").asText());
        }

        assertThat(reached)
                .doesNotHaveDuplicates()
                .doesNotContain("")
                .containsSubsequence(
                        "open-mailbox",
                        "open-traces",
                        "service-mail-restart",
                        "service-mail-connect-summary",
                        "service-mail-copy-smtp",
                        "service-collector-restart",
                        "workspace-" + other.prefix(),
                        "command-copy-stop-everything");

        tab.evaluate("document.getElementById('service-mail-copy-environment').focus()");
        tab.press("Enter");
        tab.await(
                "the button says so",
                "document.activeElement.id === 'service-mail-copy-environment'"
                        + " && document.activeElement.innerText.startsWith('Copied')");
        assertThat(tab.evaluate("navigator.clipboard.readText()").asText())
                .isEqualTo("export SMTP_HOST=127.0.0.1 SMTP_PORT=" + here.prefix() + "29");
    }

    @Test
    void a_screen_reader_is_told_what_everything_is() {
        Tab tab = chromium.open(launchpad.url());

        assertThat(tab.spoken())
                .contains("heading a shop with quite a long name for a folder", "heading Services", "heading Mail")
                .contains("status", "banner", "main", "region Services", "region Other workspaces on this machine")
                .contains("link Open mailbox :" + here.prefix() + "05", "button Restart Mail", "link Mailbox")
                .doesNotContain("button", "link", "image", "button Copy");
        assertThat(tab.evaluate("document.documentElement.lang").asText()).isEqualTo("en");
    }

    @Test
    void without_a_launchpad_any_more_it_says_that_it_shows_the_past() throws Exception {
        Tab tab = chromium.open("http://127.0.0.1:" + other.prefix() + "00");
        other.services(progress).stop();
        try {
            tab.await(
                    "the page says that it is lost",
                    "document.querySelector('#summary').innerText"
                            + " === 'The launchpad is not reached any more; what follows was true a moment ago.'");
        } finally {
            other.start(progress, "one", "launchpad");
        }
        tab.await("the page is back", "document.querySelector('#summary').innerText === 'No service runs here.'");
    }
}
