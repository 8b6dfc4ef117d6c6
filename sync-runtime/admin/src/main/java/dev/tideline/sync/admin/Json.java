package dev.tideline.sync.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** How values are written and read: in {@code snake_case}, with times in ISO 8601. */
final class Json {

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .addModule(new SimpleModule()
                    .addSerializer(OffsetDateTime.class, ToStringSerializer.instance)
                    .addSerializer(Instant.class, ToStringSerializer.instance))
            .build();

    private Json() {}

    static void answer(Context ctx, Object value) {
        answer(ctx, "application/json", value);
    }

    static void answer(Context ctx, String type, Object value) {
        ctx.contentType(type).result(bytes(value));
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    /** The body of a request; absent fields are null, and so are all fields of an empty body. */
    static <T> T body(Context ctx, Class<T> type) {
        byte[] body = ctx.bodyAsBytes();
        String given = ctx.contentType();
        if (body.length > 0
                && (given == null || !given.toLowerCase(java.util.Locale.ROOT).startsWith("application/json"))) {
            throw new ProblemException(
                    415, "The body must be JSON.", "Send it with the header Content-Type: application/json.");
        }
        try {
            T value = MAPPER.readValue(
                    body.length == 0 ? "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8) : body, type);
            if (value == null) {
                throw new ProblemException(400, "The body must be a JSON object.", "It is null.");
            }
            return value;
        } catch (com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException e) {
            throw new ProblemException(
                    400,
                    "The body has an unknown field.",
                    "\"" + e.getPropertyName() + "\" is not one of: "
                            + String.join(
                                    ", ",
                                    e.getKnownPropertyIds().stream()
                                            .map(String::valueOf)
                                            .sorted()
                                            .toList()) + ".");
        } catch (JsonProcessingException e) {
            // Its own message quotes the body, which may contain a secret.
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new ProblemException(
                    400,
                    "The body cannot be read.",
                    "It must be a JSON object with fields of the right types" + where + ".");
        } catch (IOException e) {
            throw new ProblemException(400, "The body cannot be read.", "The connection ended before it was complete.");
        }
    }
}
