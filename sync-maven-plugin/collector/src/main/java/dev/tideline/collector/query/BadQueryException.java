package dev.tideline.collector.query;

/** A query that cannot be meant: unknown parameter, unreadable value. The message says what is known. */
public final class BadQueryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates it. */
    public BadQueryException(String message) {
        super(message);
    }
}
