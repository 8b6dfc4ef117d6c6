package dev.tideline.collector;

/** The collector could not be started; the message says what, why, and what to do. */
public final class CollectorException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CollectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
