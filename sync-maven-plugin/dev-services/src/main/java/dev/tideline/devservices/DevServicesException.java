package dev.tideline.devservices;

/**
 * A failure of the development services that a person has to act on. The message is complete: what happened, where, and
 * what to do next.
 */
public class DevServicesException extends RuntimeException {

    public DevServicesException(String message) {
        super(message);
    }

    public DevServicesException(String message, Throwable cause) {
        super(message, cause);
    }
}
