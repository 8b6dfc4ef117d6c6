package dev.tideline.e2e.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Post;
import dev.tideline.testkit.MailSnapshot;
import dev.tideline.testkit.Mailbox;
import dev.tideline.testkit.NotInTimeError;
import jakarta.mail.Message;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mail as a test waits for it. */
@EndToEnd
class MailboxIT {

    @Test
    void eachOfSeveralRecipientsHasTheMail(Mailbox to, Mailbox other, Mailbox copied, Mailbox blind) throws Exception {
        MimeMessage message = Post.message(to.server(), "To all of you", to.address(), other.address());
        message.addRecipient(Message.RecipientType.CC, new InternetAddress(copied.address()));
        message.addRecipient(Message.RecipientType.BCC, new InternetAddress(blind.address()));
        Transport.send(message);
        for (Mailbox recipient : List.of(to, other, copied, blind)) {
            assertThat(recipient.waitForMessagesWithSubject("To all of you")).hasSize(1);
        }
    }

    @Test
    void theMetadataOfAMailIsComparedWhole(Mailbox ada) throws Exception {
        Transport.send(Post.message(ada.server(), "Grüße ⛵", ada.address()));
        assertThat(ada.waitForMessagesWithSubject("Grüße ⛵").get(0).snapshot())
                .isEqualTo(new MailSnapshot(
                        "Shop <shop@example.com>",
                        List.of("<" + ada.address() + ">"),
                        "Grüße ⛵",
                        Map.of(
                                "mime-version", List.of("1.0"),
                                "content-type", List.of("text/plain; charset=UTF-8"),
                                "content-transfer-encoding", List.of("7bit")),
                        List.of()));
    }

    @Test
    void oldMailNeverCounts(Mailbox ada) throws Exception {
        Post.send(ada, "Your code: the old one");
        ada.waitForMessagesWithSubject("Your code");
        Mailbox sinceNow = ada.sinceNow();
        sinceNow.expectNoMessagesWithSubject("Your code", Duration.ofMillis(200));
        Post.send(ada, "Your code: the new one");
        assertThat(sinceNow.waitForMessagesWithSubject("Your code"))
                .extracting(mail -> mail.subject())
                .containsExactly("Your code: the new one");
    }

    @Test
    void aMailThatDoesNotComeIsReportedWithThoseThatDid(Mailbox ada) throws Exception {
        Post.send(ada, "Something else");
        ada.waitForMessagesWithSubject("Something else");
        assertThatThrownBy(() -> ada.waitForMessagesWithSubject("Your code", 1, Duration.ofMillis(100)))
                .isInstanceOf(NotInTimeError.class)
                .hasMessageContaining("Your code")
                .hasMessageContaining("Something else");
    }
}
