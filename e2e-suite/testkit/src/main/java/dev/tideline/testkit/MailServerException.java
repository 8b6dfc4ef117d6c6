package dev.tideline.testkit;

/** The mail server answered with an error, with an unintelligible answer, or not at all. */
public final class MailServerException extends RuntimeException {

    MailServerException(String message) {
        super(message);
    }

    MailServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
