package dev.tideline.e2e.suite;

import dev.tideline.testkit.MailServer;
import dev.tideline.testkit.Mailbox;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** Sends mail over SMTP, as an application would. */
public final class Post {

    private static final String FROM = "Shop <shop@example.com>";

    private Post() {}

    /** A session with the mail server; no login. */
    public static Session session(MailServer server) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", server.smtpHost());
        properties.setProperty("mail.smtp.port", "" + server.smtpPort());
        properties.setProperty("mail.mime.allowutf8", "true");
        return Session.getInstance(properties);
    }

    /** A mail with a short text, to be changed further. */
    public static MimeMessage message(MailServer server, String subject, String... to) throws MessagingException {
        MimeMessage message = new MimeMessage(session(server));
        message.setFrom(new InternetAddress(FROM));
        for (String recipient : to) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        }
        message.setSubject(subject, "UTF-8");
        message.setText("Hello", "UTF-8");
        return message;
    }

    /** Returns once the server has taken it. */
    public static void send(Mailbox mailbox, String subject) throws MessagingException {
        Transport.send(message(mailbox.server(), subject, mailbox.address()));
    }
}
