package dev.tideline.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.maven.mail.MailServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against Tideline's own mail server, over SMTP and HTTP. */
class MailboxTest {
    private static dev.tideline.maven.mail.MailServer running;
    private static MailServer server;

    @BeforeAll
    static void start() {
        running = dev.tideline.maven.mail.MailServer.start(MailServerConfig.defaults());
        server = new MailServer(URI.create("http://127.0.0.1:" + running.httpPort()), "127.0.0.1", running.smtpPort());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void a_mail_that_is_there_is_read_whole() {
        Mailbox inbox = Mailbox.create(server, "ann");
        send("Verify your email", """
                Content-Type: multipart/mixed; boundary=x
                MIME-Version: 1.0

                --x
                Content-Type: text/html; charset=utf-8

                <a href="https://app.example.com/verify?a=1&amp;b=2">Verify</a> or type 123456
                --x
                Content-Type: text/plain; name=terms.txt
                Content-Disposition: attachment; filename=terms.txt

                the terms
                --x--
                """, inbox);

        MailMessage mail = inbox.waitForMessagesWithSubject("Verify your email").get(0);

        assertThat(mail.link("/verify")).isEqualTo(URI.create("https://app.example.com/verify?a=1&b=2"));
        assertThat(mail.code()).isEqualTo("123456");
        assertThat(mail.attachments())
                .singleElement()
                .satisfies(file -> assertThat(new String(inbox.download(file), StandardCharsets.UTF_8).strip())
                        .isEqualTo("the terms"));
        assertThat(mail.snapshot())
                .isEqualTo(new MailSnapshot(
                        "App <app@example.com>",
                        List.of("<" + inbox.address() + ">"),
                        "Verify your email",
                        Map.of("content-type", List.of("multipart/mixed"), "mime-version", List.of("1.0")),
                        List.of("terms.txt (text/plain, md5 "
                                + mail.attachments().get(0).md5() + ")")));
        assertThat(inbox.fetchMessages()).containsExactly(mail);
        assertThat(inbox.fetchMessages(Mailbox.Fetch.NO_BODY))
                .extracting(MailMessage::subject)
                .containsExactly("Verify your email");
    }

    @Test
    void a_mail_that_comes_later_ends_the_wait() {
        Mailbox inbox = Mailbox.create(server, "ann");
        CompletableFuture<List<MailMessage>> waiting =
                CompletableFuture.supplyAsync(() -> inbox.waitForMessagesWithSubject("Welcome", 2, ofSeconds(20)));
        send("Welcome", "\n1", inbox);
        send("Other", "\n2", inbox);
        send("Welcome back", "\n3", inbox);

        assertThat(waiting.join()).extracting(MailMessage::subject).containsExactly("Welcome", "Welcome back");
    }

    @Test
    void each_of_several_recipients_gets_its_own() {
        List<Mailbox> inboxes = IntStream.range(0, 3)
                .mapToObj(i -> Mailbox.create(server, "r" + i))
                .toList();
        send("Invitation", "\nhello", inboxes.toArray(Mailbox[]::new));

        for (Mailbox inbox : inboxes) {
            assertThat(inbox.waitForMessagesWithSubject("Invitation"))
                    .extracting(MailMessage::mailbox)
                    .containsExactly(
                            inbox.address().substring(0, inbox.address().indexOf('@')));
        }
    }

    @Test
    void old_mail_does_not_count() {
        Mailbox inbox = Mailbox.create(server, "ann");
        send("Welcome", "\nold", inbox);
        Mailbox later = inbox.sinceNow();
        later.expectNoMessagesWithSubject("Welcome", ofMillis(600));
        assertThatThrownBy(() -> later.waitForMessagesWithSubject("Welcome", 1, ofMillis(600)))
                .isInstanceOf(NotInTimeError.class)
                .hasMessageContaining("too old to count");

        send("Welcome", "\nnew", inbox);

        assertThat(later.waitForMessagesWithSubject("Welcome"))
                .extracting(mail -> mail.text().strip())
                .containsExactly("new");
        assertThat(inbox.fetchMessages()).hasSize(2);
        inbox.purge();
        assertThat(inbox.fetchMessages()).isEmpty();
    }

    @Test
    void an_unwanted_mail_fails_the_watch() {
        Mailbox inbox = Mailbox.create(server, "ann");
        send("Welcome", "\nhello", inbox);

        assertThatThrownBy(() -> inbox.expectNoMessagesWithSubject("Welcome", ofSeconds(10)))
                .isInstanceOf(NotInTimeError.class)
                .hasMessageStartingWith("no mail \"Welcome\" to " + inbox.address() + ": not so throughout 10 s\n");
    }

    @Test
    void five_hundred_mailboxes_at_once_miss_nothing_and_mix_nothing_up() {
        List<Mailbox> inboxes = IntStream.range(0, 500)
                .mapToObj(i -> Mailbox.create(server, "m" + i))
                .toList();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<List<MailMessage>>> waits = new ArrayList<>();
            for (Mailbox inbox : inboxes) {
                waits.add(CompletableFuture.supplyAsync(
                        () -> inbox.waitForMessagesWithSubject(inbox.address(), 5, ofSeconds(50)), threads));
            }
            try (Smtp smtp = new Smtp()) {
                for (int round = 1; round <= 5; round++) {
                    for (Mailbox inbox : inboxes) {
                        smtp.send(round + " for " + inbox.address(), "\nhello", inbox);
                    }
                }
            }
            for (int i = 0; i < inboxes.size(); i++) {
                String own = " for " + inboxes.get(i).address();
                assertThat(waits.get(i).join())
                        .extracting(MailMessage::subject)
                        .containsExactly("1" + own, "2" + own, "3" + own, "4" + own, "5" + own);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void send(String subject, String rest, Mailbox... recipients) {
        try (Smtp smtp = new Smtp()) {
            smtp.send(subject, rest, recipients);
        }
    }

    /** As much of SMTP as the application under test would speak. */
    private static final class Smtp implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private final Writer out;

        Smtp() {
            try {
                socket = new Socket(server.smtpHost(), server.smtpPort());
                in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                out = new java.io.OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
                in.readLine();
                say("HELO test", '2');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void send(String subject, String rest, Mailbox... recipients) {
            try {
                say("MAIL FROM:<app@example.com>", '2');
                for (Mailbox recipient : recipients) {
                    say("RCPT TO:<" + recipient.address() + ">", '2');
                }
                say("DATA", '3');
                String to = "<" + recipients[0].address() + ">";
                String message = "From: App <app@example.com>\nTo: " + to + "\nSubject: " + subject + "\n" + rest;
                say(message.replace("\n", "\r\n") + "\r\n.", '2');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void say(String line, char expected) throws IOException {
            out.write(line + "\r\n");
            out.flush();
            String reply = in.readLine();
            assertThat(reply).startsWith(String.valueOf(expected));
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
