package dev.tideline.mail.http;

/** A request that cannot be answered, with the status and the sentence that the client is given. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    Problem(int status, String message) {
        // No stack trace: this is an answer, not a fault.
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    static Problem notFound(String what) {
        return new Problem(404, what);
    }

    static Problem badRequest(String why) {
        return new Problem(400, why);
    }
}
