package dev.tideline.mail.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tideline.mail.fault.Fault;
import dev.tideline.mail.fault.Faults;
import dev.tideline.web.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /api/v1/faults}: the faults of mail. */
record FaultApi(Faults faults) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> FIELDS =
            Set.of("recipient", "sender", "at", "code", "message", "delay_ms", "times");
    private static final Map<Integer, String> USUAL_MESSAGES =
            Map.of(4, "4.3.0 Ordered by a test: try again later", 5, "5.7.1 Ordered by a test: refused");

    static boolean isAt(RequestPath path) {
        return path.startsWith("api", "v1", "faults") && path.length() <= 4;
    }

    Reply handle(Request request) {
        if (request.path().length() == 4) {
            if (!request.method().equals("DELETE")) {
                throw new Problem(405, request.method() + " does nothing here; this path takes DELETE");
            }
            if (!faults.remove(request.path().element(3))) {
                throw Problem.notFound("there is no fault '" + request.path().element(3) + "'");
            }
            return Reply.ok();
        }
        return switch (request.method()) {
            case "GET" ->
                Reply.json(MailJson.bytes(json -> {
                    json.writeStartArray();
                    for (Faults.Ordered ordered : faults.all()) {
                        write(json, ordered);
                    }
                    json.writeEndArray();
                }));
            case "POST" -> {
                Faults.Ordered ordered = add(request.body());
                yield Reply.json(MailJson.bytes(json -> write(json, ordered)));
            }
            case "DELETE" -> {
                faults.clear();
                yield Reply.ok();
            }
            default ->
                throw new Problem(405, request.method() + " does nothing here; this path takes GET, POST, DELETE");
        };
    }

    private Faults.Ordered add(byte[] body) {
        try {
            return faults.add(fault(fields(body)));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage());
        } catch (IllegalStateException e) {
            throw new Problem(409, e.getMessage());
        }
    }

    private static Fault fault(Map<String, String> given) {
        int code = number(given, "code");
        return new Fault(
                Optional.ofNullable(given.get("recipient")).map(MailboxApi::mailbox),
                given.getOrDefault("sender", ""),
                stage(given.getOrDefault("at", Fault.Stage.RECIPIENT.word())),
                code,
                given.getOrDefault("message", USUAL_MESSAGES.getOrDefault(code / 100, "")),
                Duration.ofMillis(number(given, "delay_ms")),
                number(given, "times"));
    }

    private static Fault.Stage stage(String word) {
        List<Fault.Stage> all = Arrays.asList(Fault.Stage.values());
        return all.stream()
                .filter(stage -> stage.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("at is '" + word + "'; it takes "
                        + String.join(
                                " or ", all.stream().map(Fault.Stage::word).toList())));
    }

    private static int number(Map<String, String> given, String name) {
        String text = given.getOrDefault(name, "0");
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(name + " is '" + text + "'; it takes a whole number");
        }
        return Integer.parseInt(text);
    }

    private static Map<String, String> fields(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw notAnObject();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (!FIELDS.contains(name)) {
                    throw new IllegalArgumentException("unknown field '" + name + "'; a fault takes "
                            + String.join(", ", FIELDS.stream().sorted().toList()));
                }
                if (!json.nextToken().isScalarValue()) {
                    throw new IllegalArgumentException(name + " takes a text or a number");
                }
                fields.put(name, json.getText());
            }
            return fields;
        } catch (IOException malformed) {
            throw notAnObject();
        }
    }

    private static IllegalArgumentException notAnObject() {
        return new IllegalArgumentException(
                "the body must be JSON such as {\"recipient\":\"jane\",\"code\":451,\"times\":2}");
    }

    private static void write(JsonGenerator json, Faults.Ordered ordered) throws IOException {
        Fault fault = ordered.fault();
        json.writeStartObject();
        json.writeStringField("id", ordered.id());
        json.writeStringField(
                "recipient", fault.recipient().map(Object::toString).orElse(null));
        json.writeStringField("sender", fault.sender());
        json.writeStringField("at", fault.at().word());
        json.writeNumberField("code", fault.code());
        json.writeStringField("message", fault.message());
        json.writeNumberField("delay_ms", fault.delay().toMillis());
        json.writeNumberField("times", fault.times());
        json.writeNumberField("happened", ordered.happened());
        json.writeEndObject();
    }
}
