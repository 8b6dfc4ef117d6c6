package dev.tideline.directory.mail;

import dev.tideline.directory.notifications.Category;
import dev.tideline.directory.notifications.UnsubscribeLinks;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mail of all tenants, one at a time; any number of senders may run, in any number of processes.
 *
 * <p>A mail is sent once as far as SMTP allows. A worker writes the whole mail to the mail server, and before the line that
 * ends it records in the database that it is about to be sent. A worker that dies earlier has sent nothing, and the mail is
 * tried again; a worker that was overtaken notices it at this point. Only if the connection or the worker is lost between
 * that line and the server's answer, it is unknown whether the mail was accepted. Then it is not sent again, and its error
 * says so; an administrator may edit it, which sends it again. All attempts have the same Message-ID.
 */
final class MailSender {

    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

    private final MailQueue queue;
    private final Smtp smtp;
    private final RetryPolicy retry;
    private final Duration lease;
    private final UnsubscribeLinks links;

    MailSender(MailQueue queue, SmtpConfig config, UnsubscribeLinks links) {
        this.queue = queue;
        this.smtp = new Smtp(config);
        this.retry = new RetryPolicy(config.firstRetry());
        this.lease = config.lease();
        this.links = links;
    }

    /** Sends one mail, if one is due. @return whether there was anything to do */
    boolean runOnce() {
        boolean advanced = queue.advance();
        Optional<MailQueue.Claimed> claimed = queue.claim(lease);
        claimed.ifPresent(this::send);
        return advanced || claimed.isPresent();
    }

    private void send(MailQueue.Claimed mail) {
        boolean canBeDisabled = Category.named(mail.category()).canBeDisabled();
        if (canBeDisabled && mail.unsubscribed()) {
            queue.skip(mail, SkippedReason.USER_UNSUBSCRIBED);
        } else if (mail.address().isEmpty()) {
            queue.skip(mail, SkippedReason.USER_HAS_NO_PRIMARY_EMAIL);
        } else {
            Optional<String> unsubscribe = mail.userId()
                    .filter(user -> canBeDisabled)
                    .map(user -> links.to(mail.tenancyId(), user, Category.named(mail.category())));
            settle(mail, smtp.send(content(mail, mail.address().get(), unsubscribe), () -> queue.handOver(mail)));
        }
    }

    private static Smtp.Content content(MailQueue.Claimed mail, String address, Optional<String> unsubscribe) {
        UUID id = mail.id();
        String html = mail.html()
                + unsubscribe
                        .map(link -> "\n<hr><p><a href=\"" + link + "\">Unsubscribe</a></p>")
                        .orElse("");
        String text = PlainText.of(mail.html())
                + unsubscribe.map(link -> "\n\nUnsubscribe: " + link).orElse("");
        return new Smtp.Content(id, address, mail.subject(), text, html, unsubscribe);
    }

    private void settle(MailQueue.Claimed mail, Delivery delivery) {
        if (delivery instanceof Delivery.Sent) {
            queue.sent(mail);
        } else if (delivery instanceof Delivery.NotYet notYet) {
            Optional<Duration> again = retry.pauseAfter(mail.attempts());
            LOG.info("mail {} was not taken in attempt {}: {}", mail.id(), mail.attempts(), notYet.error());
            queue.failed(mail, notYet.error(), again);
        } else if (delivery instanceof Delivery.Refused refused) {
            queue.failed(mail, refused.error(), Optional.empty());
        } else if (delivery instanceof Delivery.Unknown unknown) {
            queue.failed(
                    mail,
                    "The mail server did not say whether it took the mail, and it may have arrived: " + unknown.error(),
                    Optional.empty());
        }
    }
}
