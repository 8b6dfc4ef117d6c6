package dev.tideline.sync.model;

/** A history in which something did not hold. */
final class HistoryFailure extends AssertionError {

    private static final long serialVersionUID = 1L;

    HistoryFailure(String message) {
        super(message);
    }

    HistoryFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
