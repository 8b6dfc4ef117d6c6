package dev.tideline.devservices;

/**
 * Something about the development services went wrong and a person has to act. The message is complete: what happened,
 * where, and what to do next.
 */
public class DevServicesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what, where, and what to do next */
    public DevServicesException(String message) {
        super(message);
    }

    /**
     * @param message what, where, and what to do next
     * @param cause what was caught
     */
    public DevServicesException(String message, Throwable cause) {
        super(message, cause);
    }
}
