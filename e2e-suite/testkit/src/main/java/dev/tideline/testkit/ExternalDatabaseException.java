package dev.tideline.testkit;

/** Something could not be done with a test's external database; the cause says why. */
public final class ExternalDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExternalDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
