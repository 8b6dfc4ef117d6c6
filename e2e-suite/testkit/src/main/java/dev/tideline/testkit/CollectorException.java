package dev.tideline.testkit;

/** The collector answered with an error, with an unintelligible answer, or not at all. */
public final class CollectorException extends RuntimeException {

    CollectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
