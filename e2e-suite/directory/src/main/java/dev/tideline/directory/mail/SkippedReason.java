package dev.tideline.directory.mail;

/** Why a mail will not be sent. */
public enum SkippedReason {
    USER_UNSUBSCRIBED,
    USER_HAS_NO_PRIMARY_EMAIL,
    MANUALLY_CANCELLED
}
