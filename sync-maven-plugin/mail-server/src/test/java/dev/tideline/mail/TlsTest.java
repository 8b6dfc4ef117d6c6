package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.mail.tls.TlsConfig;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STARTTLS, STLS and TLS from the first byte, with a certificate that clients check. */
class TlsTest {

    @TempDir
    private static Path folder;

    private static MailServer server;
    private static String pem;
    private static SSLContext trusting;

    @BeforeAll
    static void start() throws Exception {
        server = MailServer.start(withTls());
        pem = new WebClient(server.httpPort()).get("/api/v1/certificate.pem").body();
        trusting = trusting(pem);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static MailServerConfig withTls() {
        return MailServerConfig.defaults().withTls(TlsConfig.in(folder).withPorts(0, 0));
    }

    @Test
    void angus_sends_and_reads_with_tls_required_and_the_name_checked() throws Exception {
        for (String host : new String[] {"localhost", "127.0.0.1"}) {
            Session byCommand = session("smtp", "pop3", host, trusting);
            Session fromTheStart = session("smtps", "pop3s", host, trusting);
            send(byCommand, "by command");
            send(fromTheStart, "from the start");
            assertThat(newest(byCommand, "pop3")).isEqualTo("from the start");
            assertThat(newest(fromTheStart, "pop3s")).isEqualTo("from the start");
        }
    }

    @Test
    void a_client_that_does_not_know_the_certificate_refuses_it() throws Exception {
        for (String protocol : new String[] {"smtp", "smtps"}) {
            Session session = session(protocol, "pop3", "localhost", SSLContext.getDefault());
            assertThatThrownBy(() -> send(session, "never"))
                    .isInstanceOf(MessagingException.class)
                    .hasStackTraceContaining("unable to find valid certification path");
        }
    }

    @Test
    void smtp_begins_anew_after_the_handshake() {
        try (LineClient smtp = LineClient.smtp(server.smtpPort())) {
            assertThat(smtp.smtp("EHLO test")).contains("250-STARTTLS");
            smtp.smtp("MAIL FROM:<a@x>");
            assertThat(smtp.smtp("STARTTLS")).isEqualTo("220 2.0.0 Ready to start TLS");
            smtp.secure(trusting);
            assertThat(smtp.smtp("RCPT TO:<b@x>")).startsWith("503 ");
            assertThat(smtp.smtp("EHLO test"))
                    .startsWith("250-localhost\n")
                    .doesNotContain("STARTTLS")
                    .contains("250-SIZE ", "250-SMTPUTF8", "250-8BITMIME", "250-CHUNKING", "250-AUTH PLAIN LOGIN");
            assertThat(smtp.smtp("STARTTLS")).isEqualTo("503 5.5.1 TLS has been started");
            assertThat(smtp.send("a@x", "anew@x", "Subject: s\n\n")).startsWith("250");
        }
    }

    @Test
    void what_came_in_the_clear_behind_starttls_is_dropped() {
        try (LineClient smtp = LineClient.smtp(server.smtpPort())) {
            smtp.write("STARTTLS\r\nMAIL FROM:<injected@x>\r\nRCPT TO:<injected@x>\r\n");
            assertThat(smtp.smtpReply()).startsWith("220");
            smtp.secure(trusting);
            assertThat(smtp.smtp("NOOP")).isEqualTo("250 Ok");
            assertThat(smtp.smtp("EHLO test")).startsWith("250-localhost\n");
        }
        try (LineClient pop3 = new LineClient(server.pop3Port())) {
            pop3.line();
            pop3.write("STLS\r\nUSER injected\r\nPASS injected\r\n");
            assertThat(pop3.line()).isEqualTo("+OK begin TLS");
            pop3.secure(trusting);
            assertThat(pop3.pop3("STAT")).startsWith("-ERR log in first");
        }
    }

    @Test
    void who_has_logged_in_cannot_begin_tls_any_more() {
        try (LineClient smtp = LineClient.smtp(server.smtpPort())) {
            assertThat(smtp.smtp("AUTH PLAIN AGEAYg==")).startsWith("235");
            assertThat(smtp.smtp("STARTTLS")).isEqualTo("503 5.5.1 STARTTLS comes before AUTH");
        }
        try (LineClient pop3 = LineClient.pop3(server.pop3Port(), "ann")) {
            assertThat(pop3.pop3("STLS")).isEqualTo("-ERR unknown command STLS");
        }
    }

    @Test
    void a_handshake_that_fails_ends_its_connection_and_no_other() {
        try (LineClient broken = LineClient.smtp(server.smtpPort());
                LineClient other = LineClient.smtp(server.smtpPort())) {
            broken.smtp("STARTTLS");
            assertThat(broken.write("this is no handshake\r\n").line()).isNotEqualTo("250 Ok");
            assertThat(other.smtp("NOOP")).isEqualTo("250 Ok");
        }
    }

    @Test
    void the_certificate_is_kept_from_start_to_start_and_made_again_before_it_ends() throws IOException {
        assertThat(server.certificate())
                .hasValueSatisfying(file -> assertThat(file)
                        .isEqualTo(folder.resolve("certificate.pem").toAbsolutePath())
                        .hasContent(pem));
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.copy(folder.resolve("key.p12"), own.resolve("key.p12"));
        MailServerConfig config = MailServerConfig.defaults().withTls(TlsConfig.in(own));
        MailServer.start(config).close();
        assertThat(own.resolve("certificate.pem")).hasContent(pem);
        MailServer.start(config, Clock.offset(Clock.systemUTC(), Duration.ofDays(800)))
                .close();
        assertThat(Files.readString(own.resolve("certificate.pem"))).isNotEqualTo(pem);
    }

    @Test
    void a_key_that_cannot_be_read_is_an_error_that_says_what_to_do() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("key.p12"), "no key");
        assertThatThrownBy(() -> MailServer.start(MailServerConfig.defaults().withTls(TlsConfig.in(broken))))
                .isInstanceOf(MailServerException.class)
                .hasMessageMatching("the TLS certificate in \\Q" + broken + "\\E can be neither read nor made: .*; "
                        + "delete the folder's key.p12, and see that the folder can be written");
    }

    @Test
    void nothing_of_it_is_there_unless_it_is_asked_for() {
        try (MailServer plain = MailServer.start(MailServerConfig.defaults());
                LineClient smtp = LineClient.smtp(plain.smtpPort());
                LineClient pop3 = new LineClient(plain.pop3Port())) {
            assertThat(smtp.smtp("EHLO test")).doesNotContain("STARTTLS");
            assertThat(smtp.smtp("STARTTLS"))
                    .isEqualTo("454 4.7.0 This server offers no TLS here; its setting tls=true does");
            pop3.line();
            assertThat(pop3.pop3("CAPA")).isEqualTo("+OK capabilities");
            assertThat(pop3.rest()).doesNotContain("STLS");
            assertThat(pop3.pop3("STLS")).isEqualTo("-ERR no TLS can be started here");
            assertThat(new WebClient(plain.httpPort())
                            .get("/api/v1/certificate.pem")
                            .body())
                    .isEqualTo("this mail server offers no TLS; its setting tls=true does\n");
        }
    }

    private static SSLContext trusting(String pem) throws Exception {
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
        return context;
    }

    private static Session session(String smtp, String pop3, String host, SSLContext context) {
        Properties settings = new Properties();
        settings.put("mail.transport.protocol", smtp);
        for (String protocol : new String[] {smtp, pop3}) {
            settings.put("mail." + protocol + ".host", host);
            settings.put("mail." + protocol + ".ssl.socketFactory", context.getSocketFactory());
            settings.put("mail." + protocol + ".ssl.checkserveridentity", "true");
        }
        for (String protocol : new String[] {"smtp", "pop3"}) {
            settings.put("mail." + protocol + ".starttls.enable", "true");
            settings.put("mail." + protocol + ".starttls.required", "true");
        }
        settings.put("mail.smtp.port", Integer.toString(server.smtpPort()));
        settings.put("mail.pop3.port", Integer.toString(server.pop3Port()));
        settings.put("mail.smtps.port", server.smtpsPort().orElseThrow().toString());
        settings.put("mail.pop3s.port", server.pop3sPort().orElseThrow().toString());
        return Session.getInstance(settings);
    }

    private static void send(Session session, String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("a@x"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("angus@x"));
        message.setSubject(subject);
        message.setText("hello");
        message.saveChanges();
        try (Transport transport = session.getTransport()) {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private static String newest(Session session, String protocol) throws MessagingException {
        try (Store store = session.getStore(protocol)) {
            store.connect("angus", "any");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                return inbox.getMessage(inbox.getMessageCount()).getSubject();
            }
        }
    }
}
