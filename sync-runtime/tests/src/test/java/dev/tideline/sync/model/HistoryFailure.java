package dev.tideline.sync.model;

/** A history in which something did not hold. */
final class HistoryFailure extends AssertionError {

    HistoryFailure(String message) {
        super(message);
    }

    HistoryFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
