package dev.tideline.devservices.launchpad;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tideline.devservices.service.HowToConnect;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** The view as JSON, for programs. */
final class LaunchpadJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private LaunchpadJson() {}

    static String of(View view) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("workspace", view.workspace().root().toString());
            json.writeNumberField("prefix", view.prefix().value());
            json.writeStringField("summary", view.summary());
            json.writeStringField("problem", view.problem().orElse(null));
            json.writeArrayFieldStart("services");
            for (View.Service service : view.services()) {
                write(json, service);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("other_ports");
            for (View.Port port : view.otherPorts()) {
                write(json, port);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("other_workspaces");
            for (View.Other other : view.others()) {
                write(json, other);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text + "\n";
    }

    private static void write(JsonGenerator json, View.Service service) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", service.name());
        json.writeStringField("health", service.health().name().toLowerCase(Locale.ROOT));
        json.writeStringField("version", service.version());
        json.writeStringField("run_by", service.runBy());
        json.writeArrayFieldStart("used_by");
        for (String user : service.users()) {
            json.writeString(user);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("ports");
        for (Map.Entry<String, Integer> port : service.ports().entrySet()) {
            json.writeNumberField(port.getKey(), port.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("pages");
        for (Map.Entry<String, String> page : service.pages().entrySet()) {
            json.writeStringField(page.getKey(), page.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("connect");
        for (HowToConnect way : service.connect()) {
            json.writeStringField(way.label(), way.text());
        }
        json.writeEndObject();
        json.writeStringField("log", service.log().toString());
        json.writeStringField("started_at", service.startedAt().toString());
        json.writeStringField("problem", service.problem().orElse(null));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, View.Port port) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", port.service().name());
        json.writeNumberField("port", port.number());
        json.writeStringField("service", port.service().description());
        json.writeStringField("health", port.health().name().toLowerCase(Locale.ROOT));
        json.writeStringField("page", port.page().orElse(null));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, View.Other other) throws IOException {
        json.writeStartObject();
        json.writeStringField("workspace", other.root().toString());
        json.writeNumberField("prefix", other.prefix());
        json.writeArrayFieldStart("services");
        for (String service : other.services()) {
            json.writeString(service);
        }
        json.writeEndArray();
        json.writeStringField("launchpad", other.launchpad().orElse(null));
        json.writeEndObject();
    }
}
