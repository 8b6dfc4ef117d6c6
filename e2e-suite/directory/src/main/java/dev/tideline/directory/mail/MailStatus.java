package dev.tideline.directory.mail;

import java.util.Locale;

/** The state of a mail. */
public enum MailStatus {
    /** An administrator holds it. */
    PAUSED,
    /** New or edited: no worker has looked at it yet. */
    PREPARING,
    /** Scheduled for later. */
    SCHEDULED,
    /** Due, or to be tried again. */
    QUEUED,
    /** A worker is sending it. */
    SENDING,
    /** Rejected, or failed five times; or it is unknown whether it arrived. {@code error} says which. */
    SERVER_ERROR,
    /** Will not be sent; {@code skipped_reason} says why. */
    SKIPPED,
    /** The mail server accepted it. */
    SENT;

    /** Whether it can still be changed, and sent afterwards. */
    boolean editable() {
        return this != SENDING && this != SKIPPED && this != SENT;
    }

    /** As in JSON and in the table. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static MailStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
