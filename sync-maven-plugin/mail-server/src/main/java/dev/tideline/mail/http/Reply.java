package dev.tideline.mail.http;

import dev.tideline.web.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer.
 *
 * @param headers in addition to those of every answer
 */
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final String JSON = "application/json; charset=utf-8";

    static Reply json(byte[] body) {
        return new Reply(200, JSON, body, Map.of("Expires", "-1"));
    }

    /** Inbucket's answer to a change. */
    static Reply ok() {
        return json("\"OK\"".getBytes(StandardCharsets.UTF_8));
    }

    static Reply problem(Problem problem) {
        byte[] text = (problem.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
        return new Reply(problem.status(), "text/plain; charset=utf-8", text, Map.of());
    }
}
