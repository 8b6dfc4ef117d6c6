package dev.tideline.collector.receive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * A rejection: the HTTP status and the {@code google.rpc.Status} in its body. Written by hand, since the three small
 * messages would otherwise require two megabytes of Google's common types.
 *
 * @param message for the sender's developer
 * @param field for 400: where in the request the bad data is; empty if unknown, null for other statuses
 */
record OtlpStatus(int http, String message, String field) {

    private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";

    static OtlpStatus of(int http, String message) {
        return new OtlpStatus(http, message, null);
    }

    static OtlpStatus badData(String field, String message) {
        return new OtlpStatus(400, message, field);
    }

    /** The equivalent gRPC code. Not RESOURCE_EXHAUSTED for 413, because gRPC clients would retry. */
    int code() {
        return switch (http) {
            case 400, 413, 415 -> 3; // INVALID_ARGUMENT
            case 403 -> 7; // PERMISSION_DENIED
            case 404 -> 5; // NOT_FOUND
            case 405 -> 12; // UNIMPLEMENTED
            case 429, 503 -> 14; // UNAVAILABLE
            default -> 13; // INTERNAL
        };
    }

    byte[] protobuf() {
        return bytes(out -> {
            out.writeInt32(1, code());
            out.writeString(2, message);
            if (field != null) {
                byte[] violation = bytes(v -> {
                    v.writeString(1, field);
                    v.writeString(2, message);
                });
                byte[] badRequest = bytes(b -> b.writeByteArray(1, violation));
                byte[] any = bytes(a -> {
                    a.writeString(1, BAD_REQUEST);
                    a.writeByteArray(2, badRequest);
                });
                out.writeByteArray(3, any);
            }
        });
    }

    String json(JsonFactory factory) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = factory.createGenerator(text)) {
            out.writeStartObject();
            out.writeNumberField("code", code());
            out.writeStringField("message", message);
            if (field != null) {
                out.writeArrayFieldStart("details");
                out.writeStartObject();
                out.writeStringField("@type", BAD_REQUEST);
                out.writeArrayFieldStart("fieldViolations");
                out.writeStartObject();
                out.writeStringField("field", field);
                out.writeStringField("description", message);
                out.writeEndObject();
                out.writeEndArray();
                out.writeEndObject();
                out.writeEndArray();
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    private static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writer.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Writer {
        void write(CodedOutputStream out) throws IOException;
    }
}
