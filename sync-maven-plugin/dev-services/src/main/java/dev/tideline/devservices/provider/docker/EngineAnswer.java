package dev.tideline.devservices.provider.docker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine's answer to a request.
 *
 * @param status of HTTP
 * @param body all of it
 */
record EngineAnswer(int status, byte[] body) {

    private static final JsonFactory JSON = new JsonFactory();

    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int FIRST_ERROR = 400;

    boolean isNotFound() {
        return status == NOT_FOUND;
    }

    /** The answer if a container does not run that should, or is being removed already. */
    boolean isConflict() {
        return status == CONFLICT;
    }

    boolean isError() {
        return status >= FIRST_ERROR;
    }

    /**
     * This answer, if it is no error.
     *
     * @throws DockerException the engine's error
     */
    EngineAnswer orThrow() {
        if (isError()) {
            throw new DockerException(reason(new String(body, StandardCharsets.UTF_8)), status);
        }
        return this;
    }

    /** The engine's message, without the JSON around it. */
    static String reason(String text) {
        Matcher message = MESSAGE.matcher(text);
        String said = message.find() ? message.group(1).replace("\\\"", "\"").replace("\\n", " ") : text;
        return said.replaceFirst("\\.$", "");
    }

    /** The body as maps, lists, texts, numbers and booleans. */
    Object json() {
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, value(parser));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }
}
