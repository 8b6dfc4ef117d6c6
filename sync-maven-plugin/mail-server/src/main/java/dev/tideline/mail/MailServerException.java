package dev.tideline.mail;

/** The mail server could not start or stop. The message says what to do. */
public final class MailServerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MailServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
