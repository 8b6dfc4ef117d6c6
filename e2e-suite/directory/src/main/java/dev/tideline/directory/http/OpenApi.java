package dev.tideline.directory.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI 3.1 document, from the routes and their records. */
public final class OpenApi {

    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final SchemaBuilder requests = schemas(false);
    private final SchemaBuilder responses = schemas(true);

    private OpenApi() {}

    /** Describes all routes added so far. */
    public static ObjectNode describe(Api api, String version) {
        return new OpenApi().document(api, version);
    }

    private ObjectNode document(Api api, String version) {
        ObjectNode document = Json.MAPPER.createObjectNode().put("openapi", "3.1.0");
        document.putObject("info").put("title", "Directory").put("version", version);
        ObjectNode paths = document.putObject("paths");
        ObjectNode error = responses.createSchemaReference(ApiException.ErrorBody.class);
        for (Route route : api.routes()) {
            ObjectNode operation = paths.withObjectProperty(route.path)
                    .putObject(route.method.toLowerCase(java.util.Locale.ROOT))
                    .put("operationId", route.operation())
                    .put("summary", route.summary)
                    .put("description", "For: " + route.access.text());
            parameters(route, operation.putArray("parameters"));
            if (route.request != null) {
                operation.putObject("requestBody").set("content", json(requests.createSchemaReference(route.request)));
            }
            ObjectNode answers = operation.putObject("responses");
            ObjectNode success =
                    answers.putObject(Integer.toString(route.status)).put("description", "success");
            if (route.response == String.class) {
                success.putObject("content").putObject("text/html");
            } else if (route.response != null) {
                success.set("content", json(responses.createSchemaReference(route.response)));
            }
            ObjectNode failure = answers.putObject("default").put("description", "what is wrong");
            if (route.response == String.class) {
                failure.putObject("content").putObject("text/html");
            } else {
                failure.set("content", json(error));
            }
        }
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        schemas.setAll(requests.collectDefinitions("components/schemas"));
        schemas.setAll(responses.collectDefinitions("components/schemas"));
        return document;
    }

    private static void parameters(Route route, ArrayNode parameters) {
        Matcher names = PATH_PARAMETER.matcher(route.path);
        while (names.find()) {
            parameter(parameters, names.group(1), "path", "string").put("required", true);
        }
        for (Route.Query query : route.queries) {
            parameter(parameters, query.name(), "query", query.type()).put("description", query.summary());
        }
        if (route.access == Access.OPERATOR) {
            parameter(parameters, "X-Operator-Key", "header", "string").put("required", true);
        } else if (route.access != Access.OPEN) {
            parameter(parameters, "X-Tenant-Id", "header", "string").put("required", true);
            parameter(parameters, "X-Api-Key", "header", "string").put("required", true);
            parameter(parameters, "Authorization", "header", "string").put("required", route.access.needsUser());
            parameter(parameters, "X-Allow-Restricted-User", "header", "boolean");
        }
    }

    private static ObjectNode parameter(ArrayNode parameters, String name, String in, String type) {
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
        parameter.putObject("schema").put("type", type);
        return parameter;
    }

    private static ObjectNode json(ObjectNode schema) {
        ObjectNode content = Json.MAPPER.createObjectNode();
        content.putObject("application/json").set("schema", schema);
        return content;
    }

    /**
     * In answers every field is present, and those of type Optional may be null. In requests fields of type Optional
     * may be left out; which others are required depends, and an error says so.
     */
    private static SchemaBuilder schemas(boolean response) {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        Json.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .with(Option.FLATTENED_ENUMS_FROM_TOSTRING)
                .without(Option.FLATTENED_ENUMS)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS);
        config.forTypesInGeneral().withDefinitionNamingStrategy((key, context) -> {
            Class<?> type = key.getType().getErasedType();
            return Optional.ofNullable(type.getEnclosingClass())
                            .map(Class::getSimpleName)
                            .orElse("")
                    + type.getSimpleName()
                    + (response ? "" : "Input");
        });
        config.forFields()
                .withPropertyNameOverrideResolver(field ->
                        Json.MAPPER.getPropertyNamingStrategy().nameForField(null, null, field.getDeclaredName()))
                .withTargetTypeOverridesResolver(field -> field.getType().isInstanceOf(Optional.class)
                        ? List.of(field.getType().getTypeParameters().get(0))
                        : null)
                .withNullableCheck(field -> field.getDeclaredType().isInstanceOf(Optional.class))
                .withRequiredCheck(field -> response
                        && Arrays.stream(field.getRawMember().getAnnotationsByType(JsonInclude.class))
                                .noneMatch(include -> include.value() == JsonInclude.Include.NON_NULL));
        return new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
    }

    /** The type of a list of this type: {@code {items:[…], next_cursor}}. */
    public static Type listOf(Type item) {
        return new ListType(item);
    }

    private record ListType(Type item) implements java.lang.reflect.ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {item};
        }

        @Override
        public Type getRawType() {
            return Items.class;
        }

        @Override
        public Type getOwnerType() {
            return null;
        }
    }
}
