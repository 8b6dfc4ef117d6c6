package dev.tideline.mail.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tideline.mail.http.MailJson.AttachmentPath;
import dev.tideline.mail.mime.Attachment;
import dev.tideline.mail.mime.HeaderField;
import dev.tideline.mail.mime.ParsedMessage;
import dev.tideline.mail.store.MessageHeader;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What the page shows of a message in addition to Inbucket's JSON, which we cannot extend. */
final class Glance {

    private static final int PREVIEW = 160;

    /** Enough for a line of text, and short enough for patterns. */
    private static final int LONGEST_HTML = 20_000;

    private Glance() {}

    static void write(JsonGenerator json, MessageHeader header, ParsedMessage message) throws IOException {
        json.writeStartObject();
        json.writeStringField("preview", preview(message));
        json.writeObjectFieldStart("header");
        for (Map.Entry<String, List<String>> field : message.header().entrySet()) {
            List<String> decoded =
                    field.getValue().stream().map(HeaderField::decode).toList();
            MailJson.strings(json, field.getKey(), decoded);
        }
        json.writeEndObject();
        json.writeArrayFieldStart("attachments");
        for (int i = 0; i < message.attachments().size(); i++) {
            Attachment attachment = message.attachments().get(i);
            if (!isPartOfText(attachment, message.html())) {
                json.writeStartObject();
                json.writeStringField("filename", attachment.fileName());
                json.writeStringField("content_type", attachment.contentType());
                json.writeNumberField("size", attachment.content().length);
                json.writeStringField("link", AttachmentPath.of(header, i, attachment));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Whether the HTML shows this picture. */
    private static boolean isPartOfText(Attachment attachment, String html) {
        return attachment.contentType().startsWith("image/")
                && attachment
                        .contentId()
                        .filter(id -> html.contains("cid:" + id) || html.contains("cid:" + RequestPath.encode(id)))
                        .isPresent();
    }

    /** The beginning of the text, or of the text in the HTML. */
    private static String preview(ParsedMessage message) {
        String text = message.text().isBlank()
                ? message.html()
                        .substring(0, Math.min(LONGEST_HTML, message.html().length()))
                        .replaceAll("(?is)<(head|style|script|title)\\b.*?</\\1\\s*>|<!--.*?-->", " ")
                        .replaceAll("(?s)<[^>]*>", " ")
                        .replace("&nbsp;", " ")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&")
                : message.text();
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= PREVIEW ? line : line.substring(0, PREVIEW);
    }
}
