package dev.tideline.directory.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The API's JSON: snake_case, enums in lower case as their {@code toString} returns them. In the record of a request a
 * field of type Optional has three states: null is "not sent", empty is "sent as null".
 */
public final class Json {

    private static final List<CoercionInputShape> NO_TEXT =
            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);

    public static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module().configureReadAbsentAsNull(true))
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, text -> {
                for (CoercionInputShape shape : NO_TEXT) {
                    text.setCoercion(shape, CoercionAction.Fail);
                }
            })
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Map<Class<?>, String> KINDS = Map.of(
            String.class, "a text",
            UUID.class, "a UUID",
            Boolean.class, "true or false",
            Integer.class, "a whole number",
            Long.class, "a whole number");

    private Json() {}

    /**
     * Parses a request.
     *
     * @throws ApiException SCHEMA_ERROR with the wrong field
     */
    public static <T> T read(String body, Class<T> type) {
        try {
            T value = MAPPER.readValue(body.isBlank() ? "{}" : body, type);
            if (value == null) {
                throw ApiException.schema("body", "must be an object and not null");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw ApiException.schema(
                    path(e),
                    "is not known here; known are "
                            + e.getKnownPropertyIds().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof ApiException told) {
                throw told;
            }
            throw ApiException.schema(path(e), "must be " + wanted(e));
        } catch (JsonProcessingException e) {
            throw ApiException.schema("body", "is not JSON: " + e.getOriginalMessage());
        }
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String wanted(JsonMappingException e) {
        Class<?> target = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (target == null) {
            return "valid";
        } else if (target.isEnum()) {
            return "one of "
                    + Arrays.stream(target.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        } else if (Collection.class.isAssignableFrom(target)) {
            return "an array";
        }
        return KINDS.getOrDefault(target, "an object");
    }
}
