package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.mail.store.StoreLimits;
import dev.tideline.mail.tls.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailServerProcessTest {

    @Test
    void twenty_thousand_messages_fit_into_64_megabytes_because_the_oldest_go() {
        try (ServerProcess server = new ServerProcess(List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"))) {
            byte[] body = new byte[8_000];
            new Random(1).nextBytes(body);
            String text = java.util.Base64.getMimeEncoder().encodeToString(body);
            try (LineClient smtp = LineClient.smtp(server.smtp())) {
                for (int i = 0; i < 20_000; i++) {
                    // Large ones fill the store by bytes, small ones by what each message costs beside its text.
                    String message = "Subject: " + i + "\n\n" + (i % 4 == 0 ? text : "small");
                    assertThat(smtp.send("a@b", "box" + i % 7_000 + "@x", message))
                            .startsWith("250");
                }
            }
            WebClient web = new WebClient(server.http());
            List<String> left = web.json("/api/v1/search").findValuesAsText("subject");
            assertThat(left).as("the newest are there").endsWith("19998", "19999");
            assertThat(web.json("/api/v1/mailbox/box0"))
                    .as("0, 7000, 14000: the oldest are gone")
                    .hasSizeLessThan(3);
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    @Test
    void large_mail_from_many_at_once_is_put_off_rather_than_fatal() throws Exception {
        try (ServerProcess server = new ServerProcess(List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"))) {
            byte[] large = ("Subject: large\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(45_000))
                    .getBytes(StandardCharsets.US_ASCII);
            List<Thread> senders = java.util.stream.IntStream.range(0, 30)
                    .mapToObj(i -> new Thread(() -> {
                        try (LineClient smtp = LineClient.smtp(server.smtp())) {
                            assertThat(smtp.send("a@b", List.of("box" + i + "@x"), large))
                                    .isIn(
                                            "250 2.0.0 Mail accepted for delivery",
                                            "452 4.3.1 Too much mail is arriving at once, try again");
                        }
                    }))
                    .toList();
            senders.forEach(Thread::start);
            for (Thread sender : senders) {
                sender.join();
            }
            try (LineClient smtp = LineClient.smtp(server.smtp())) {
                assertThat(smtp.send("a@b", List.of("last@x"), large)).startsWith("250");
            }
            JsonNode last = new WebClient(server.http()).json("/api/v1/mailbox/last/latest");
            assertThat(last.get("body").get("text").textValue()).hasSizeGreaterThan(3_000_000);
        }
    }

    @Test
    void sigterm_ends_it_within_a_second_with_clients_connected() throws Exception {
        try (ServerProcess server = new ServerProcess(List.of());
                LineClient smtp = LineClient.smtp(server.smtp());
                LineClient pop3 = LineClient.pop3(server.pop3(), "ann")) {
            new WebClient(server.http()).sendAsync("GET", "/api/v1/mailbox/a/wait?timeout=1m", "");
            assertThat(smtp.smtp("NOOP")).startsWith("250");
            assertThat(pop3.pop3("NOOP")).startsWith("+OK");
            long begun = System.nanoTime();
            server.process().destroy();
            assertThat(server.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void it_outlives_whoever_read_its_output() throws Exception {
        try (ServerProcess server = new ServerProcess(List.of())) {
            server.process().getOutputStream().close();
            server.process().getInputStream().close();
            try (LineClient smtp = LineClient.smtp(server.smtp())) {
                assertThat(smtp.send("a@b", "ann@x", "Subject: s\n\n")).startsWith("250");
            }
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    @Test
    void it_ends_with_its_standard_input_if_told_so() throws Exception {
        try (ServerProcess server = new ServerProcess(List.of(), "--end-with-stdin=true")) {
            server.process().getOutputStream().close();
            assertThat(server.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.process().exitValue()).isZero();
        }
    }

    @Test
    void its_ports_are_written_to_a_file(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a b").resolve("mail ports.properties");
        Files.createDirectories(file.getParent());
        try (ServerProcess server = new ServerProcess(List.of(), "--ports-file=" + file)) {
            assertThat(file)
                    .hasContent("http=" + server.http() + "\nsmtp=" + server.smtp() + "\npop3=" + server.pop3() + "\n");
        }
    }

    @Test
    void a_taken_port_is_an_error_that_names_it_and_leaves_nothing_running() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            for (String protocol : List.of("HTTP", "SMTP", "POP3")) {
                MailServerConfig config = MailServerConfig.defaults()
                        .withPorts(
                                protocol.equals("HTTP") ? port : 0,
                                protocol.equals("SMTP") ? port : 0,
                                protocol.equals("POP3") ? port : 0);
                assertThatThrownBy(() -> MailServer.start(config))
                        .isInstanceOf(MailServerException.class)
                        .hasMessageMatching("the mail server cannot listen for " + protocol + " on port " + port
                                + ": .*in use.*; end what uses the port, or choose another one");
            }
        }
    }

    @Test
    void arguments_are_checked() {
        assertThat(MailServerArguments.parse(
                                "--http-port=8105",
                                "--smtp-port=8129",
                                "--pop3-port=8130",
                                "--maximum-age=PT1H",
                                "--messages-per-mailbox=7",
                                "--total-bytes=1000000",
                                "--maximum-message-bytes=5000",
                                "--certificate-folder=tls",
                                "--smtps-port=8165",
                                "--allowed-hosts=A.example, b")
                        .config())
                .isEqualTo(new MailServerConfig(
                        InetAddress.getLoopbackAddress(),
                        8105,
                        8129,
                        8130,
                        new StoreLimits(7, Duration.ofHours(1), 1_000_000),
                        5_000,
                        Optional.of(new TlsConfig(Path.of("tls"), Optional.of(8165), Optional.empty())),
                        Set.of("a.example", "b")));
        assertThatThrownBy(() -> MailServerArguments.parse("--pop3s-port=8195"))
                .hasMessage("--smtps-port and --pop3s-port need --certificate-folder=…");
        assertThatThrownBy(() -> MailServerArguments.parse("--http=1"))
                .hasMessageStartingWith("unknown argument '--http=1'; there are --allowed-hosts=…, --bind=…,");
        assertThatThrownBy(() -> MailServerArguments.parse("--http-port=x"))
                .hasMessage("--http-port is 'x'; it takes a number up to 999999999");
        assertThatThrownBy(() -> MailServerArguments.parse("--http-port=70000"))
                .hasMessage("httpPort is 70000; a port is 0 (any free one) to 65535");
        assertThatThrownBy(() -> MailServerArguments.parse("--maximum-age=day"))
                .hasMessage("--maximum-age is 'day'; it takes an ISO duration such as PT24H");
        assertThatThrownBy(() -> MailServerArguments.parse("--smtp-port=1", "--smtp-port=2"))
                .hasMessage("--smtp-port is given twice");
    }
}
