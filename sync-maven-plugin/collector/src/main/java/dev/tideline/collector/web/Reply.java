package dev.tideline.collector.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tideline.web.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer.
 *
 * @param body not to be changed
 */
record Reply(int status, String contentType, byte[] body) {

    private static final JsonFactory FACTORY = new JsonFactory();

    static Reply html(int status, String html) {
        return new Reply(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    static Reply json(JsonBody body) {
        return json(200, "application/json", body);
    }

    static Reply problem(Problem problem) {
        return json(problem.status(), "application/problem+json", json -> {
            json.writeStringField("title", title(problem.status()));
            json.writeNumberField("status", problem.status());
            json.writeStringField("detail", problem.getMessage());
        });
    }

    static Reply nothing() {
        return new Reply(204, "", new byte[0]);
    }

    private static Reply json(int status, String contentType, JsonBody body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new Reply(status, contentType, bytes.toByteArray());
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 403 -> "Forbidden";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 503 -> "Too busy";
            default -> "Failed";
        };
    }

    /** Writes the fields of the body's object. */
    @FunctionalInterface
    interface JsonBody {
        void write(JsonGenerator json) throws IOException;
    }
}
