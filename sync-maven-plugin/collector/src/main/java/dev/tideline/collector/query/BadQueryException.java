package dev.tideline.collector.query;

/** An invalid query: unknown parameter, or unreadable value. The message says what is allowed. */
public final class BadQueryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BadQueryException(String message) {
        super(message);
    }
}
