package dev.tideline.mail.http;

import dev.tideline.mail.mime.Attachment;
import dev.tideline.mail.mime.MessageParser;
import dev.tideline.mail.mime.ParsedMessage;
import dev.tideline.mail.store.MailStore;
import dev.tideline.mail.store.MailboxName;
import dev.tideline.mail.store.StoredMessage;
import dev.tideline.web.Problem;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Untrusted content, under {@code /serve/mailbox/{name}/{id}}: attachments, HTML, source. Each answer deprives the
 * content of all rights, so that it is as harmless in its own tab as in the page's frame.
 */
record ServedMail(MailStore store) {

    /** No scripts, no requests, no forms, its own origin; links open in a new tab, outside the sandbox. */
    private static final String HTML_POLICY =
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
                    + "img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'self'";

    private static final String FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";
    private static final Pattern CID = Pattern.compile("(?i)\\bcid:([^\"'\\s)>]+)");

    Reply handle(Request request) {
        MailboxApi.only(request, "GET");
        RequestPath path = request.path();
        if (!path.startsWith("serve", "mailbox") || path.length() < 5) {
            throw Problem.notFound("there is nothing here");
        }
        MailboxName mailbox = MailboxApi.mailbox(path.element(2));
        StoredMessage message = MailboxApi.find(store, mailbox, path.element(3));
        String what = path.element(4);
        if (what.equals("html") && path.length() == 5) {
            return html(MessageParser.parse(message.source()));
        }
        if (what.equals("glance") && path.length() == 5) {
            ParsedMessage parsed = MessageParser.parse(message.source());
            return Reply.json(MailJson.bytes(json -> Glance.write(json, message.header(), parsed)));
        }
        if (what.equals("source") && path.length() == 5) {
            return MailboxApi.source(message);
        }
        if (what.equals("attach") && (path.length() == 6 || path.length() == 7)) {
            return file(MessageParser.parse(message.source()), path.element(5));
        }
        throw Problem.notFound("a message has html, glance, source and attach/{number}/{file} here");
    }

    private static Reply file(ParsedMessage message, String number) {
        int index = number.matches("\\d{1,5}") ? Integer.parseInt(number) : -1;
        if (index < 0 || index >= message.attachments().size()) {
            throw Problem.notFound("attachment '" + number + "' does not exist; this message has "
                    + message.attachments().size());
        }
        Attachment attachment = message.attachments().get(index);
        String name = RequestPath.encode(attachment.fileName());
        return new Reply(
                200,
                attachment.contentType(),
                attachment.content(),
                Map.of(
                        "Content-Disposition",
                        "attachment; filename*=UTF-8''" + name,
                        "Content-Security-Policy",
                        FILE_POLICY));
    }

    private static Reply html(ParsedMessage message) {
        // A doctype keeps the browser in standards mode; a second one inside the mail is ignored. Links open in a new
        // tab.
        String html = "<!doctype html><base target=\"_blank\">" + withImages(message);
        return new Reply(
                200,
                "text/html; charset=utf-8",
                html.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Security-Policy", HTML_POLICY));
    }

    /** Embeds the mail's own pictures where the HTML refers to them; the policy lets nothing be loaded. */
    private static String withImages(ParsedMessage message) {
        Matcher references = CID.matcher(message.html());
        StringBuilder result = new StringBuilder();
        while (references.find()) {
            String id = references.group(1);
            String shown = message.attachments().stream()
                    .filter(file -> file.contentId()
                            .filter(known -> ContentIdUrl.names(id, known))
                            .isPresent())
                    .flatMap(file -> imageType(file).map(type -> dataUrl(type, file)).stream())
                    .findFirst()
                    .orElse(references.group());
            references.appendReplacement(result, Matcher.quoteReplacement(shown));
        }
        return references.appendTail(result).toString();
    }

    /** Any type that claims to be an image, or a file with such a name. Scripts in it do not run in a picture. */
    private static Optional<String> imageType(Attachment file) {
        String named = URLConnection.guessContentTypeFromName(file.fileName());
        return Stream.of(file.contentType(), named == null ? "" : named)
                .filter(type -> type.startsWith("image/"))
                .findFirst();
    }

    private static String dataUrl(String type, Attachment file) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(file.content());
    }
}
