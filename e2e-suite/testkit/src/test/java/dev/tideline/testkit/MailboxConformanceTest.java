package dev.tideline.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.testkit.fixture.MailServerUnderTest;
import dev.tideline.testkit.fixture.SmtpSession;
import dev.tideline.testkit.time.ManualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The same on every server that a Mailbox has to work with, however it waits there. */
@ParameterizedClass
@MethodSource("dev.tideline.testkit.fixture.MailServerUnderTest#kinds")
class MailboxConformanceTest {
    @Parameter
    private MailServerUnderTest.Kind kind;

    private MailServerUnderTest underTest;
    private MailServer server;

    @BeforeEach
    void start() {
        underTest = MailServerUnderTest.start(kind);
        server = underTest.server();
    }

    @AfterEach
    void stop() throws Exception {
        if (underTest != null) {
            underTest.close();
        }
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
                Content-Type: text/plain; name="the terms, 100% #1?.txt"
                Content-Disposition: attachment; filename="the terms, 100% #1?.txt"

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
                        List.of("the terms, 100% #1?.txt (text/plain, md5 "
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

        String all = inboxes.stream().map(inbox -> "<" + inbox.address() + ">").collect(Collectors.joining(", "));
        for (Mailbox inbox : inboxes) {
            assertThat(inbox.waitForMessagesWithSubject("Invitation"))
                    .allSatisfy(mail -> assertThat(String.join(", ", mail.to())).isEqualTo(all))
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
        assertThatThrownBy(() -> later.on(new ManualTime()).waitForMessagesWithSubject("Welcome", 1, ofSeconds(0)))
                .isInstanceOf(NotInTimeError.class)
                .hasMessage("""
                        mail "Welcome" to %s: not within 0 ms
                          expected:        1 mail with "Welcome" in the subject
                          last value:      <[]>
                          waited:          0 ms, 1 attempt
                          near misses:     mail that did come:
                            %s, too old to count""".formatted(inbox.address(), inbox.fetchMessages().get(0)));

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

        assertThatThrownBy(() -> inbox.on(new ManualTime()).expectNoMessagesWithSubject("Welcome", ofSeconds(10)))
                .isInstanceOf(NotInTimeError.class)
                .hasMessage("""
                        no mail "Welcome" to %s: did not hold throughout 10 s
                          expected:        no mail with "Welcome" in the subject
                          last value:      <[%s]>
                          waited:          0 ms, 1 attempt""".formatted(inbox.address(), inbox.fetchMessages().get(0)));
    }

    private void send(String subject, String rest, Mailbox... recipients) {
        SmtpSession.send(server, subject, rest, recipients);
    }
}
