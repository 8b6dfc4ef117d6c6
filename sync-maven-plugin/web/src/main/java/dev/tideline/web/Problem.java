package dev.tideline.web;

/** A request that cannot be answered as asked, with the status and the sentence that the client is given. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * A problem.
     *
     * @param status HTTP status
     * @param message what the client is told
     */
    public Problem(int status, String message) {
        // No stack trace: this is an answer, not a fault.
        super(message, null, false, false);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** There is no such thing. */
    public static Problem notFound(String what) {
        return new Problem(404, what);
    }

    /** The client has to ask otherwise. */
    public static Problem badRequest(String why) {
        return new Problem(400, why);
    }
}
