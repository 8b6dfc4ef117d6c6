package dev.tideline.sync.admin;

/** A request that is rejected. The message is for its sender, and contains no secret. */
final class ProblemException extends RuntimeException {

    private final int status;
    private final String detail;

    /**
     * @param status of the answer
     * @param title what is wrong, the same for every request of this kind
     * @param detail what to do about this one
     */
    ProblemException(int status, String title, String detail) {
        super(title);
        this.status = status;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    String detail() {
        return detail;
    }
}
