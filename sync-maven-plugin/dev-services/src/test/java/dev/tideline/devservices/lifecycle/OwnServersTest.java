package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.embedded.BuildVersions;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PortTable;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** The mail server and the collector as services of a workspace, in JVMs of their own. */
class OwnServersTest extends InAWorkspace {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void a_mail_sent_by_smtp_is_read_over_http() throws Exception {
        workspace.start(progress, "one", "mail");

        send("jane@example.com", "Verify your email");

        assertThat(get("05", "/api/v1/mailbox/jane/wait?subject=Verify&timeout=20s"))
                .contains("\"satisfied\":true")
                .contains("Verify your email");
        assertThat(progress.told)
                .last()
                .asString()
                .matches("mail: ready, " + BuildVersions.tideline() + " on ports " + port("05") + " \\(mailbox\\), "
                        + port("29") + " \\(smtp\\), " + port("30") + " \\(pop3\\), \\d+ ms");
    }

    @Test
    void a_span_sent_to_the_receiver_is_found_by_the_query_api() throws Exception {
        workspace.start(progress, "one", "collector");

        HttpRequest export = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("31") + "/v1/traces"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"resourceSpans": [{"scopeSpans": [{"spans": [{
                          "traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174",
                          "name": "charge card", "kind": 2,
                          "startTimeUnixNano": "1544712660000000000", "endTimeUnixNano": "1544712661000000000"}]}]}]}
                        """))
                .build();
        assertThat(HTTP.send(export, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);

        assertThat(get("07", "/api/v1/spans/wait?name=charge+card&timeout=20s")).contains("\"satisfied\":true");
    }

    @Test
    void all_services_start_together_answer_tell_where_they_are_and_end_together() {
        List<String> names = ServiceCatalogue.standard().names();
        List<ServiceRecord> started = workspace.start(progress, "command line", names.toArray(String[]::new));
        DevServices services = workspace.services(progress);

        assertThat(names).containsExactly("launchpad", "postgres", "external-postgres", "mail", "collector");
        assertThat(services.status())
                .hasSize(5)
                .allSatisfy(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));
        assertThat(exports(names.stream().map(ServiceSpec::of).toList(), started))
                .containsEntry("tideline.port.mailbox", port("05"))
                .containsEntry("tideline.launchpad.url", "http://127.0.0.1:" + port("00"))
                .containsEntry("tideline.mailbox.url", "http://127.0.0.1:" + port("05"))
                .containsEntry("tideline.smtp.host", "127.0.0.1")
                .containsEntry("tideline.smtp.port", port("29"))
                .containsEntry("tideline.pop3.host", "127.0.0.1")
                .containsEntry("tideline.pop3.port", port("30"))
                .containsEntry("tideline.traces.url", "http://127.0.0.1:" + port("07"))
                .containsEntry("tideline.otlp.url", "http://127.0.0.1:" + port("31"))
                .containsEntry("tideline.mail.version", BuildVersions.tideline())
                .containsKeys("tideline.mail.log", "tideline.postgres.dataDirectory")
                .doesNotContainKey("tideline.mail.dataDirectory");

        assertThat(services.stop()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(started).noneMatch(services::isAlive);
    }

    @Test
    void each_ends_with_its_own_last_user() {
        ServiceRecord mail = workspace.start(progress, "one", "mail").get(0);
        ServiceRecord collector = workspace.start(progress, "two", "collector").get(0);
        DevServices services = workspace.services(progress);

        assertThat(services.release(TestWorkspace.user("one", List.of()))).containsExactly("mail");
        assertThat(services.isAlive(mail)).isFalse();
        assertThat(services.isAlive(collector)).isTrue();
    }

    @Test
    void one_that_was_killed_is_started_again() {
        ServiceRecord first = workspace.start(progress, "one", "mail").get(0);
        ProcessHandle process = ProcessHandle.of(first.handle().getAsLong()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();

        ServiceRecord second = workspace.start(progress, "one", "mail").get(0);

        assertThat(second.handle()).isNotEqualTo(first.handle());
        assertThat(workspace.services(progress).isAlive(second)).isTrue();
    }

    @Test
    void one_that_cannot_start_says_why_with_the_end_of_its_log() {
        ServiceSpec broken = spec("", Map.of(), Map.of("JAVA_TOOL_OPTIONS", "-XX:NoSuchOption"), List.of());

        assertThatThrownBy(() -> start(broken))
                .isInstanceOf(DevServicesException.class)
                .hasMessageStartingWith("Service mail on ports " + port("05") + " (mailbox), " + port("29")
                        + " (smtp), " + port("30") + " (pop3) ended while it started.\nEnd of "
                        + workspace.state().logOf("mail") + ":\n  ")
                .hasMessageContaining("Unrecognized VM option 'NoSuchOption'");
        assertThat(workspace.services(progress).known()).isEmpty();
    }

    @Test
    void what_only_postgres_has_is_refused() {
        assertThatThrownBy(() -> start(spec("", Map.of(), Map.of(), List.of("shop"))))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("Service mail cannot run as asked: <databases>, <roles> and <initScripts> are for Postgres."
                        + " Remove them from this service.");
        assertThatThrownBy(() -> start(spec("3.0", Map.of(), Map.of(), List.of())))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("Service mail cannot run as asked: it is part of Tideline and there is only version "
                        + BuildVersions.tideline() + ". Leave out its version.");
    }

    @Test
    void settings_reach_the_server_and_wrong_ones_are_refused_before_anything_starts() throws Exception {
        assertThatThrownBy(() -> start(spec("", Map.of("http-port", "80"), Map.of(), List.of())))
                .isInstanceOf(DevServicesException.class)
                .hasMessage(
                        "Service mail cannot run as asked: there is no setting 'http-port'. There are:"
                                + " allowed-hosts, maximum-age, maximum-message-bytes, messages-per-mailbox, tls, total-bytes.");
        assertThatThrownBy(() -> start(spec("", Map.of("maximum-age", "1d"), Map.of(), List.of())))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("Service mail cannot run with these <settings>: --maximum-age is '1d'; it takes an ISO"
                        + " duration such as PT24H.");

        assertThatThrownBy(() -> start(spec("", Map.of("allowed-hosts", "a".repeat(2000)), Map.of(), List.of())))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("Service mail cannot run as asked: its settings are longer than 2000 characters, and the"
                        + " process could not be recognised any more. Shorten them.");

        start(spec("", Map.of("messages-per-mailbox", "1"), Map.of(), List.of()));
        send("jane@example.com", "first");
        send("jane@example.com", "second");
        assertThat(get("05", "/api/v1/mailbox/jane/wait?subject=second&timeout=20s"))
                .contains("\"satisfied\":true");
        assertThat(get("05", "/api/v1/mailbox/jane")).contains("second").doesNotContain("first");
    }

    @Test
    void the_mail_server_offers_tls_where_it_is_asked_for() throws Exception {
        ServiceSpec tls = spec("", Map.of("tls", "true"), Map.of(), List.of());
        List<ServiceRecord> started = start(tls);

        String pem = get("05", "/api/v1/certificate.pem");
        Path certificate = Path.of(exports(List.of(tls), started).get("tideline.mail.certificate"));
        assertThat(certificate).hasContent(pem);
        for (String suffix : List.of("65", "95")) {
            try (Socket secured = trusting(pem).createSocket("127.0.0.1", Integer.parseInt(port(suffix)))) {
                secured.setSoTimeout(20_000);
                assertThat(secured.getInputStream().read()).isIn((int) '2', (int) '+');
            }
        }

        ServiceSpec plain = spec("", Map.of("tls", "false"), Map.of(), List.of());
        assertThat(exports(List.of(plain), start(plain))).doesNotContainKey("tideline.mail.certificate");
        assertThat(exports(List.of(tls), start(tls)))
                .containsEntry("tideline.mail.certificate", certificate.toString());
        assertThat(get("05", "/api/v1/certificate.pem"))
                .as("clients that trust it still can")
                .isEqualTo(pem);
    }

    private static SSLSocketFactory trusting(String pem) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "mail",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private List<ServiceRecord> start(ServiceSpec spec) {
        return workspace.services(progress).start(TestWorkspace.request("one", List.of(spec)));
    }

    private static ServiceSpec spec(
            String version, Map<String, String> settings, Map<String, String> environment, List<String> databases) {
        return new ServiceSpec("mail", version, "", settings, environment, databases, Map.of(), List.of(), false);
    }

    private Map<String, String> exports(List<ServiceSpec> specs, List<ServiceRecord> started) {
        WorkspacePorts ports = new WorkspacePorts(
                Workspace.at(workspace.root()), new PortPrefix(workspace.prefix(), "the test"), PortTable.standard());
        return Exports.of(ports, specs, started).properties();
    }

    private String port(String suffix) {
        return workspace.prefix() + suffix;
    }

    private String get(String suffix, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(suffix) + path))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private void send(String recipient, String subject) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(port("29")));
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(in.readLine()).startsWith("220 ");
            for (String command : List.of(
                    "HELO test",
                    "MAIL FROM:<shop@example.com>",
                    "RCPT TO:<" + recipient + ">",
                    "DATA",
                    "Subject: " + subject + "\r\n\r\nHello\r\n.",
                    "QUIT")) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).as(command).matches("[23].*");
            }
        }
    }
}
