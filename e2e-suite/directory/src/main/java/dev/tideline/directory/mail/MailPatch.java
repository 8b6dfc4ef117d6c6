package dev.tideline.directory.mail;

import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Check;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The changes of a mail in a PATCH. Null means not sent. */
public record MailPatch(Boolean isPaused, Boolean cancel, String subject, String html, Long scheduledAtMillis) {

    /** A mail after the change. */
    record Changed(
            MailStatus status,
            Optional<SkippedReason> skippedReason,
            String subject,
            String html,
            Instant scheduledAt) {}

    /**
     * Changes a mail. A mail that is edited or no longer held starts again, with all attempts.
     *
     * @throws ApiException EMAIL_NOT_EDITABLE for one that is being sent, was sent or was skipped
     */
    Changed apply(OutboxMail mail) {
        boolean edits = subject != null || html != null || scheduledAtMillis != null;
        if (Boolean.TRUE.equals(cancel) && (edits || isPaused != null)) {
            throw ApiException.schema("cancel", "cannot be combined with anything else");
        }
        if (!mail.status().editable()) {
            throw new ApiException(
                    409,
                    "EMAIL_NOT_EDITABLE",
                    "The mail is " + mail.status() + " and can no longer be changed",
                    Map.of("status", mail.status()));
        }
        if (Boolean.TRUE.equals(cancel)) {
            return new Changed(
                    MailStatus.SKIPPED,
                    Optional.of(SkippedReason.MANUALLY_CANCELLED),
                    mail.subject(),
                    mail.html(),
                    mail.scheduledAt());
        }
        boolean paused = isPaused == null ? mail.status() == MailStatus.PAUSED : isPaused;
        boolean resumes = mail.status() == MailStatus.PAUSED && !paused;
        return new Changed(
                paused ? MailStatus.PAUSED : edits || resumes ? MailStatus.PREPARING : mail.status(),
                Optional.empty(),
                subject == null ? mail.subject() : Subject.of(subject),
                html == null ? mail.html() : Check.text(html, "html", SendRequest.LONGEST_HTML),
                scheduledAtMillis == null ? mail.scheduledAt() : SendRequest.time(scheduledAtMillis));
    }
}
