package dev.tideline.web;

/** A rejected request, with the status and the sentence for the client. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    public Problem(int status, String message) {
        // No stack trace: this is an answer, not a fault.
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public static Problem notFound(String what) {
        return new Problem(404, what);
    }

    public static Problem badRequest(String why) {
        return new Problem(400, why);
    }
}
