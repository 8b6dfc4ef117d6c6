package dev.tideline.mail.http;

import dev.tideline.web.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a client is answered.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param body the bytes
 * @param headers beside those that every reply has
 */
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final String JSON = "application/json; charset=utf-8";

    static Reply json(byte[] body) {
        return new Reply(200, JSON, body, Map.of("Expires", "-1"));
    }

    /** What Inbucket answers to a change. */
    static Reply ok() {
        return json("\"OK\"".getBytes(StandardCharsets.UTF_8));
    }

    static Reply problem(Problem problem) {
        byte[] text = (problem.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
        return new Reply(problem.status(), "text/plain; charset=utf-8", text, Map.of());
    }
}
