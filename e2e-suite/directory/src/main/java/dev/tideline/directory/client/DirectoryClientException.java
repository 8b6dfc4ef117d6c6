package dev.tideline.directory.client;

/** The API answered with an error. */
public final class DirectoryClientException extends RuntimeException {

    private final int status;
    private final String code;

    DirectoryClientException(int status, String code, String message) {
        super(status + " " + code + ": " + message);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    /** For example {@code USER_NOT_FOUND}. */
    public String code() {
        return code;
    }
}
