package dev.tideline.directory.http;

import java.util.Map;

/** An error answer: {@code {code, message, details}}. */
public final class ApiException extends RuntimeException {

    private final int status;
    private final String code;
    private final transient Map<String, Object> details;

    public ApiException(int status, String code, String message, Map<String, Object> details) {
        super(message);
        this.status = status;
        this.code = code;
        this.details = details;
    }

    public ApiException(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    /** The request has the wrong form. @param field path of the wrong field, such as {@code user_ids[3]} */
    public static ApiException schema(String field, String message) {
        return new ApiException(400, "SCHEMA_ERROR", field + ": " + message, Map.of("field", field));
    }

    public int status() {
        return status;
    }

    /** The body of the answer. */
    public ErrorBody body() {
        return new ErrorBody(code, getMessage(), details);
    }

    /** What is sent. */
    public record ErrorBody(String code, String message, Map<String, Object> details) {}
}
