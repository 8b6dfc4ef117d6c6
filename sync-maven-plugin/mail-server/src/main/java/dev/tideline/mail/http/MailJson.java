package dev.tideline.mail.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tideline.mail.mime.Attachment;
import dev.tideline.mail.mime.ParsedMessage;
import dev.tideline.mail.store.MessageHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Inbucket's JSON. Written with the streaming generator, because data binding would add a tenth of a second to the
 * start of every build.
 */
final class MailJson {

    private static final JsonFactory JSON = new JsonFactory();

    private MailJson() {}

    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] bytes(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        // Through a writer, which replaces half a surrogate pair; the generator's own encoder throws.
        try (JsonGenerator json = JSON.createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static void headers(JsonGenerator json, List<MessageHeader> headers) throws IOException {
        json.writeStartArray();
        for (MessageHeader header : headers) {
            json.writeStartObject();
            headerFields(json, header);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void headerFields(JsonGenerator json, MessageHeader header) throws IOException {
        json.writeStringField("mailbox", header.mailbox().value());
        json.writeStringField("id", header.id());
        json.writeStringField("from", header.from());
        strings(json, "to", header.to());
        json.writeStringField("subject", header.subject());
        json.writeStringField("date", header.date().toString());
        json.writeNumberField("posix-millis", header.date().toEpochMilli());
        json.writeNumberField("size", header.size());
        json.writeBooleanField("seen", header.seen());
    }

    /**
     * A whole message.
     *
     * @param base the server's address as the client wrote it, such as {@code http://localhost:8105}
     */
    static void message(JsonGenerator json, MessageHeader header, ParsedMessage message, String base)
            throws IOException {
        json.writeStartObject();
        headerFields(json, header);
        json.writeObjectFieldStart("body");
        json.writeStringField("text", message.text());
        json.writeStringField("html", message.html());
        json.writeEndObject();
        json.writeObjectFieldStart("header");
        for (Map.Entry<String, List<String>> field : message.header().entrySet()) {
            strings(json, field.getKey(), field.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("attachments");
        int index = 0;
        for (Attachment attachment : message.attachments()) {
            attachment(json, attachment, base + AttachmentPath.of(header, index++, attachment));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void attachment(JsonGenerator json, Attachment attachment, String link) throws IOException {
        json.writeStartObject();
        json.writeStringField("filename", attachment.fileName());
        json.writeStringField("content-type", attachment.contentType());
        json.writeStringField("download-link", link);
        json.writeStringField("view-link", link);
        json.writeStringField("md5", md5(attachment.content()));
        json.writeEndObject();
    }

    static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** The path of an attachment. */
    static final class AttachmentPath {

        private AttachmentPath() {}

        static String of(MessageHeader header, int index, Attachment attachment) {
            return "/serve/mailbox/" + RequestPath.encode(header.mailbox().value()) + "/" + header.id() + "/attach/"
                    + index + "/" + RequestPath.encode(attachment.fileName());
        }
    }
}
