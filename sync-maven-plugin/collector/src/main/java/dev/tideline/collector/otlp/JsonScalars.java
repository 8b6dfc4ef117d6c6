package dev.tideline.collector.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** JSON scalars as protobuf. */
final class JsonScalars {

    private static final Set<String> HEX_FIELDS = Set.of("traceId", "spanId", "parentSpanId");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final int LONGEST_INTEGER = 20;

    private JsonScalars() {}

    static void write(JsonParser json, FieldDescriptor field, WireBuffer out) throws IOException {
        switch (field.getType()) {
            case STRING -> out.text(text(json, "a string"));
            case BYTES -> out.delimited(bytes(json, field));
            case BOOL -> out.varint(bool(json) ? 1 : 0);
            case ENUM -> out.varint(enumNumber(json));
            case INT32 -> out.varint(integer(json, Integer.MIN_VALUE, BigInteger.valueOf(Integer.MAX_VALUE)));
            case UINT32 -> out.varint(integer(json, 0, BigInteger.valueOf(0xffff_ffffL)));
            case FIXED32 -> out.fixed(integer(json, 0, BigInteger.valueOf(0xffff_ffffL)), Integer.BYTES);
            case INT64 -> out.varint(integer(json, Long.MIN_VALUE, BigInteger.valueOf(Long.MAX_VALUE)));
            case SFIXED64 -> out.fixed(integer(json, Long.MIN_VALUE, BigInteger.valueOf(Long.MAX_VALUE)), Long.BYTES);
            case UINT64 -> out.varint(integer(json, 0, new BigInteger("18446744073709551615")));
            case FIXED64 -> out.fixed(integer(json, 0, new BigInteger("18446744073709551615")), Long.BYTES);
            case SINT32 -> out.varint(zigzag(integer(json, Integer.MIN_VALUE, BigInteger.valueOf(Integer.MAX_VALUE))));
            case SINT64 -> out.varint(zigzag(integer(json, Long.MIN_VALUE, BigInteger.valueOf(Long.MAX_VALUE))));
            case DOUBLE -> out.fixed(Double.doubleToRawLongBits(floating(json)), Long.BYTES);
            case FLOAT -> out.fixed(Float.floatToRawIntBits((float) floating(json)), Integer.BYTES);
            default -> throw new IllegalStateException("OTLP has no field of type " + field.getType());
        }
    }

    static MalformedTelemetryException malformed(JsonParser json, String description) {
        return new MalformedTelemetryException(
                json.getParsingContext().pathAsPointer().toString(), description);
    }

    static String describe(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> json.currentToken().toString();
        };
    }

    private static String text(JsonParser json, String expected) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw malformed(json, expected + " is expected, not " + describe(json));
        }
        return json.getText();
    }

    private static byte[] bytes(JsonParser json, FieldDescriptor field) throws IOException {
        boolean hex = HEX_FIELDS.contains(field.getJsonName());
        String text = text(json, hex ? "a string of hex digits" : "a string of base64");
        try {
            if (hex) {
                return HexFormat.of().parseHex(text);
            }
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw malformed(json, hex ? "not an even number of hex digits" : "not base64");
        }
    }

    private static boolean bool(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw malformed(json, "true or false is expected, not " + describe(json));
        };
    }

    private static long enumNumber(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw malformed(json, "the enum's number is expected, not " + describe(json));
        }
        return integer(json, Integer.MIN_VALUE, BigInteger.valueOf(Integer.MAX_VALUE));
    }

    /** Numbers and decimal strings, since proto3 writes 64-bit integers as strings; 1e3 is an integer, too. */
    private static long integer(JsonParser json, long min, BigInteger max) throws IOException {
        String text = number(json, "an integer");
        BigDecimal value = new BigDecimal(text);
        // Checked before it is expanded: 1e999999999 has a billion digits.
        if ((long) value.precision() - value.scale() > LONGEST_INTEGER) {
            throw malformed(json, "the number is out of range");
        }
        BigInteger integer;
        try {
            integer = value.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw malformed(json, "an integer is expected, not a fraction");
        }
        if (integer.compareTo(BigInteger.valueOf(min)) < 0 || integer.compareTo(max) > 0) {
            throw malformed(json, "the number is out of range");
        }
        return integer.longValue();
    }

    private static double floating(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            switch (json.getText()) {
                case "NaN":
                    return Double.NaN;
                case "Infinity":
                    return Double.POSITIVE_INFINITY;
                case "-Infinity":
                    return Double.NEGATIVE_INFINITY;
                default:
                    break;
            }
        }
        return Double.parseDouble(number(json, "a number"));
    }

    private static String number(JsonParser json, String expected) throws IOException {
        boolean number = json.currentToken().isNumeric();
        boolean string = json.currentToken() == JsonToken.VALUE_STRING;
        if (!number && !string) {
            throw malformed(json, expected + " is expected, not " + describe(json));
        }
        String text = json.getText();
        if (string && (text.length() > 1000 || !NUMBER.matcher(text).matches())) {
            throw malformed(json, expected + " is expected, not another string");
        }
        return text;
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }
}
