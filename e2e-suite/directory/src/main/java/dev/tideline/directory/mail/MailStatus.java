package dev.tideline.directory.mail;

import java.util.Locale;

/** Where a mail is on its way. */
public enum MailStatus {
    /** An administrator holds it. */
    PAUSED,
    /** New or edited: no worker has looked at it yet. */
    PREPARING,
    /** Its time has not come. */
    SCHEDULED,
    /** Due, or to be tried again. */
    QUEUED,
    /** A worker has it in hand. */
    SENDING,
    /** Refused, or tried five times in vain; or nobody knows whether it arrived. {@code error} says which. */
    SERVER_ERROR,
    /** Will not be sent; {@code skipped_reason} says why. */
    SKIPPED,
    /** The mail server took it. */
    SENT;

    /** Whether it can still be changed, and sent afterwards. */
    boolean editable() {
        return this != SENDING && this != SKIPPED && this != SENT;
    }

    /** As it stands in JSON and in the table. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static MailStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
