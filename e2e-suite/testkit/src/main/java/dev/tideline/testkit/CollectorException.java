package dev.tideline.testkit;

/** The collector answered with an error, with an unintelligible answer, or not at all. */
public final class CollectorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CollectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
