package dev.tideline.e2e.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.MailApi;
import dev.tideline.e2e.suite.Post;
import dev.tideline.testkit.Mailbox;
import dev.tideline.testkit.Workspace;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.Test;

/** SMTP and POP3. */
@EndToEnd
class MailProtocolsIT {

    @Test
    void anyRecipientIsAcceptedWithAnyPasswordOrNone(Mailbox ada, Mailbox eve) throws Exception {
        MimeMessage message = Post.message(ada.server(), "x", ada.address(), eve.address());
        Session session = Post.session(ada.server());
        session.getProperties().setProperty("mail.smtp.auth", "true");
        for (String mechanism : List.of("PLAIN", "LOGIN")) {
            session.getProperties().setProperty("mail.smtp.auth.mechanisms", mechanism);
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect("anybody", "any password");
                transport.sendMessage(message, message.getAllRecipients());
            }
        }
        Transport.send(message);
        for (Mailbox mailbox : List.of(ada, eve)) {
            assertThat(mailbox.waitForMessagesWithSubject("x", 3, java.time.Duration.ofSeconds(10)))
                    .hasSize(3);
        }
    }

    @Test
    void mailMayHaveEightBitsAndAddressesInUnicode(Mailbox ada) throws Exception {
        MailApi api = new MailApi(ada.server());
        MimeMessage message = Post.message(ada.server(), "Grüße", "ü" + ada.address());
        message.setText("Grüße", "UTF-8");
        message.setHeader("Content-Transfer-Encoding", "8bit");
        try (SMTPTransport transport =
                (SMTPTransport) Post.session(ada.server()).getTransport("smtp")) {
            transport.connect();
            assertThat(transport.supportsExtension("8BITMIME")).isTrue();
            assertThat(transport.supportsExtension("SMTPUTF8")).isTrue();
            transport.sendMessage(message, message.getAllRecipients());
        }
        String mailbox = "/api/v1/mailbox/%C3%BC" + MailApi.name(ada);
        assertThat(api.get(mailbox + "/latest").at("/body/text").asText().strip())
                .isEqualTo("Grüße");
    }

    @Test
    void aMailThatIsTooLargeIsRefusedWithTheLimit(Mailbox ada) throws Exception {
        try (SMTPTransport transport =
                (SMTPTransport) Post.session(ada.server()).getTransport("smtp")) {
            transport.connect();
            String limit = transport.getExtensionParameter("SIZE");
            assertThat(Long.parseLong(limit)).isPositive();
            transport.issueCommand("MAIL FROM:<shop@example.com> SIZE=" + (Long.parseLong(limit) + 1), -1);
            assertThat(transport.getLastServerResponse()).startsWith("552").contains(limit);
        }
        assertThat(ada.fetchMessages()).isEmpty();
    }

    @Test
    void pop3ListsByTheIdsOfTheApiAndDeletesAtTheEnd(Mailbox ada) throws Exception {
        Post.send(ada, "first");
        Post.send(ada, "second");
        MailApi api = new MailApi(ada.server());
        List<String> ids = api.get(MailApi.of(ada)).findValuesAsText("id");
        Properties properties = new Properties();
        properties.setProperty("mail.pop3.host", "127.0.0.1");
        properties.setProperty("mail.pop3.port", "" + Workspace.current().port("pop3"));
        Store store = Session.getInstance(properties).getStore("pop3");
        store.connect(ada.address(), "any password");
        POP3Folder inbox = (POP3Folder) store.getFolder("INBOX");
        inbox.open(Folder.READ_WRITE);
        assertThat(List.of(inbox.getUID(inbox.getMessage(1)), inbox.getUID(inbox.getMessage(2))))
                .isEqualTo(ids);
        assertThat(inbox.getMessage(1).getSubject()).isEqualTo("first");
        inbox.getMessage(1).setFlag(Flags.Flag.DELETED, true);
        assertThat(api.get(MailApi.of(ada))).hasSize(2);
        inbox.close(true);
        store.close();
        assertThat(api.get(MailApi.of(ada)).findValuesAsText("subject")).containsExactly("second");
    }
}
