package dev.tideline.collector.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns OTLP's JSON into protobuf bytes, field by field, guided by the message's descriptor. OTLP's JSON is proto3's
 * with exceptions that protobuf-java-util does not support: trace and span ids are hex, enums are numbers only,
 * original field names do not count, unknown fields are skipped.
 */
final class JsonTranscoder {

    private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

    private final JsonParser json;
    private final WireBuffer out;
    private final Map<String, String> misnamed = new TreeMap<>();
    private int dataPoints;

    JsonTranscoder(JsonParser json, WireBuffer out) {
        this.json = json;
        this.out = out;
    }

    /** The number of metric data points seen so far. */
    int dataPoints() {
        return dataPoints;
    }

    /** Skipped fields, by the name used, with the name in OTLP's JSON. */
    Map<String, String> misnamed() {
        return misnamed;
    }

    /** Writes the object at the parser's position. */
    void message(Descriptor type) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw JsonScalars.malformed(json, "an object is expected, not " + JsonScalars.describe(json));
        }
        Map<String, FieldDescriptor> fields = FIELDS.computeIfAbsent(type, JsonTranscoder::byJsonName);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            FieldDescriptor field = fields.get(name);
            JsonToken token = json.nextToken();
            if (field == null) {
                type.getFields().stream()
                        .map(FieldDescriptor::getJsonName)
                        .filter(known -> Signal.isSpelledLike(name, known))
                        .findFirst()
                        .ifPresent(known -> misnamed.put(name, known));
                json.skipChildren();
            } else if (token == JsonToken.VALUE_NULL) {
                json.skipChildren();
            } else if (field.isRepeated()) {
                repeated(field);
            } else {
                tagged(field);
            }
        }
    }

    private void repeated(FieldDescriptor field) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw JsonScalars.malformed(json, "an array is expected, not " + JsonScalars.describe(json));
        }
        if (field.isPackable()) {
            int start = out.begin(field.getNumber());
            while (json.nextToken() != JsonToken.END_ARRAY) {
                JsonScalars.write(json, field, out);
            }
            out.end(start);
        } else {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                tagged(field);
                if (field.getJsonName().equals("dataPoints")) {
                    dataPoints++;
                }
            }
        }
    }

    private void tagged(FieldDescriptor field) throws IOException {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            int start = out.begin(field.getNumber());
            message(field.getMessageType());
            out.end(start);
        } else {
            out.tag(field.getNumber(), wireType(field));
            JsonScalars.write(json, field, out);
        }
    }

    private static int wireType(FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING, BYTES -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
            case FIXED64, SFIXED64, DOUBLE -> WireFormat.WIRETYPE_FIXED64;
            case FIXED32, SFIXED32, FLOAT -> WireFormat.WIRETYPE_FIXED32;
            default -> WireFormat.WIRETYPE_VARINT;
        };
    }

    private static Map<String, FieldDescriptor> byJsonName(Descriptor type) {
        Map<String, FieldDescriptor> fields = new HashMap<>();
        type.getFields().forEach(field -> fields.put(field.getJsonName(), field));
        return fields;
    }
}
