package dev.tideline.testkit;

/** An operation on a test's external database failed; the cause says why. */
public final class ExternalDatabaseException extends RuntimeException {

    ExternalDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
