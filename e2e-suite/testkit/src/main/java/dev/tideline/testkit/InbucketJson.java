package dev.tideline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns Inbucket's JSON into mails. Fields that a server leaves out are empty; an id is required. */
final class InbucketJson {
    private InbucketJson() {}

    static List<MailMessage> headers(JsonNode array) {
        List<MailMessage> messages = new ArrayList<>();
        array.forEach(node -> messages.add(header(node)));
        return List.copyOf(messages);
    }

    static MailMessage header(JsonNode node) {
        return message(node, Optional.empty());
    }

    static List<MailMessage> wholes(JsonNode array) {
        List<MailMessage> messages = new ArrayList<>();
        array.forEach(node -> messages.add(whole(node)));
        return List.copyOf(messages);
    }

    static MailMessage whole(JsonNode node) {
        JsonNode body = node.path("body");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        node.path("header").properties().forEach(field -> headers.put(field.getKey(), texts(field.getValue())));
        List<MailAttachment> attachments = new ArrayList<>();
        node.path("attachments").forEach(file -> attachments.add(attachment(file)));
        return message(
                node, Optional.of(new MailContent(text(body, "text"), text(body, "html"), headers, attachments)));
    }

    private static MailMessage message(JsonNode node, Optional<MailContent> content) {
        String id = text(node, "id");
        if (id.isEmpty()) {
            throw new MailServerException("The mail server lists a mail without an id: " + node);
        }
        return new MailMessage(
                text(node, "mailbox"),
                id,
                text(node, "from"),
                texts(node.path("to")),
                text(node, "subject"),
                date(node),
                node.path("size").asLong(),
                node.path("seen").asBoolean(),
                content);
    }

    private static MailAttachment attachment(JsonNode file) {
        String filename = text(file, "filename");
        return new MailAttachment(
                filename, text(file, "content-type"), link(text(file, "download-link"), filename), text(file, "md5"));
    }

    /**
     * Inbucket ends a link with the file's unencoded name, and only uses the number before it: so the name only has to
     * be one element of a path.
     */
    private static URI link(String link, String filename) {
        if (link.isEmpty()) {
            return null;
        }
        boolean raw = !filename.isEmpty() && link.endsWith("/" + filename);
        String path = raw
                ? link.substring(0, link.length() - filename.length()) + JsonServer.encoded(filename.replace('/', '_'))
                : link;
        try {
            return new URI(path);
        } catch (URISyntaxException e) {
            throw new MailServerException(
                    "The mail server gives the file '" + filename + "' the link '" + link + "'", e);
        }
    }

    private static Instant date(JsonNode node) {
        if (node.path("posix-millis").isNumber()) {
            return Instant.ofEpochMilli(node.path("posix-millis").asLong());
        }
        try {
            return OffsetDateTime.parse(text(node, "date")).toInstant();
        } catch (DateTimeException e) {
            throw new MailServerException("The mail server gives a mail the date '" + text(node, "date") + "'", e);
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
