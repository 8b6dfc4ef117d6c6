package dev.tideline.collector.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OTLP's values as natural JSON: attributes are one object, whole numbers are numbers. */
final class ValueJson {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private ValueJson() {}

    /** Writes one item. */
    @FunctionalInterface
    interface Writer<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    static <T> void array(JsonGenerator json, String field, Iterable<T> items, Writer<? super T> writer)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (T item : items) {
            writer.write(json, item);
        }
        json.writeEndArray();
    }

    /** An array of objects. @param fields writes those of one item */
    static <T> void objects(JsonGenerator json, String field, Iterable<T> items, Writer<? super T> fields)
            throws IOException {
        array(json, field, items, (into, item) -> {
            into.writeStartObject();
            fields.write(into, item);
            into.writeEndObject();
        });
    }

    static void attributes(JsonGenerator json, String field, List<KeyValue> attributes) throws IOException {
        json.writeFieldName(field);
        object(json, attributes);
    }

    static void value(JsonGenerator json, AnyValue value) throws IOException {
        switch (value.getValueCase()) {
            case STRING_VALUE -> json.writeString(value.getStringValue());
            case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
            case INT_VALUE -> json.writeNumber(value.getIntValue());
            case DOUBLE_VALUE -> number(json, value.getDoubleValue());
            case ARRAY_VALUE -> {
                json.writeStartArray();
                for (AnyValue element : value.getArrayValue().getValuesList()) {
                    value(json, element);
                }
                json.writeEndArray();
            }
            case KVLIST_VALUE -> object(json, value.getKvlistValue().getValuesList());
            case BYTES_VALUE ->
                json.writeString(HexFormat.of().formatHex(value.getBytesValue().toByteArray()));
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> json.writeNull();
        }
    }

    /** JSON cannot express these three numbers; they are strings, as in OTLP itself. */
    static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    /** Nanoseconds since 1970 UTC, unsigned, as a time to the nanosecond; null for 0, which means not sent. */
    static void time(JsonGenerator json, String field, long nanos) throws IOException {
        if (nanos == 0) {
            json.writeNullField(field);
        } else {
            json.writeStringField(field, instant(nanos).toString());
        }
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                Long.divideUnsigned(nanos, NANOS_PER_SECOND), Long.remainderUnsigned(nanos, NANOS_PER_SECOND));
    }

    /** The first value counts if a key is repeated, which OTLP forbids and JSON readers treat differently. */
    private static void object(JsonGenerator json, List<KeyValue> attributes) throws IOException {
        Map<String, AnyValue> once = new LinkedHashMap<>();
        attributes.forEach(attribute -> once.putIfAbsent(attribute.getKey(), attribute.getValue()));
        json.writeStartObject();
        for (Map.Entry<String, AnyValue> attribute : once.entrySet()) {
            json.writeFieldName(attribute.getKey());
            value(json, attribute.getValue());
        }
        json.writeEndObject();
    }
}
