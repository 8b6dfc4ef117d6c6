package dev.tideline.directory.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** Sends one mail over one connection. Safe for use by many threads. */
final class Smtp {

    private final Session session;
    private final String from;

    Smtp(SmtpConfig config) {
        String timeout = Long.toString(SmtpConfig.TIMEOUT.toMillis());
        Properties properties = new Properties();
        properties.put("mail.smtp.host", config.host());
        properties.put("mail.smtp.port", Integer.toString(config.port()));
        properties.put("mail.smtp.connectiontimeout", timeout);
        properties.put("mail.smtp.timeout", timeout);
        properties.put("mail.smtp.writetimeout", timeout);
        this.session = Session.getInstance(properties);
        this.from = config.from();
    }

    /**
     * The mail to send.
     *
     * @param unsubscribe where a mail program posts for its user, according to RFC 8058
     */
    record Content(UUID id, String to, String subject, String text, String html, Optional<String> unsubscribe) {}

    /**
     * @param leave called when the whole mail is written except its end: false if it must not be sent
     */
    Delivery send(Content content, BooleanSupplier leave) {
        OutgoingMessage message = new OutgoingMessage(session, content.id(), leave);
        boolean sent = false;
        try (Transport transport = session.getTransport("smtp")) {
            fill(message, content);
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
            sent = true;
            return new Delivery.Sent();
        } catch (MessagingException e) {
            // The goodbye may fail; the mail is sent all the same.
            return sent ? new Delivery.Sent() : outcome(message, e);
        }
    }

    private void fill(OutgoingMessage message, Content content) throws MessagingException {
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(content.to()));
        message.setSubject(content.subject(), "UTF-8");
        message.setSentDate(new Date());
        MimeBodyPart text = new MimeBodyPart();
        text.setText(content.text(), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(content.html(), "UTF-8", "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        if (content.unsubscribe().isPresent()) {
            message.setHeader("List-Unsubscribe", "<" + content.unsubscribe().get() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.saveChanges();
    }

    private static Delivery outcome(OutgoingMessage message, MessagingException e) {
        if (message.overtaken()) {
            return new Delivery.Overtaken();
        }
        Optional<Reply> reply = reply(e);
        String error = reply.map(Reply::text).orElseGet(e::getMessage);
        if (reply.isPresent()) {
            return reply.get().code >= 500 ? new Delivery.Refused(error) : new Delivery.NotYet(error);
        }
        return message.written() ? new Delivery.Unknown(error) : new Delivery.NotYet(error);
    }

    /** What the server answered. */
    private record Reply(int code, String text) {}

    /** The first answer of the server among a failure and its causes; empty if there is none. */
    private static Optional<Reply> reply(Exception e) {
        int code = -1;
        if (e instanceof SMTPAddressFailedException address) {
            code = address.getReturnCode();
        } else if (e instanceof SMTPSenderFailedException sender) {
            code = sender.getReturnCode();
        } else if (e instanceof SMTPSendFailedException failed) {
            code = failed.getReturnCode();
        }
        if (code > 0) {
            return Optional.of(new Reply(code, String.valueOf(e.getMessage()).strip()));
        }
        return e instanceof MessagingException failed && failed.getNextException() != null
                ? reply(failed.getNextException())
                : Optional.empty();
    }
}
