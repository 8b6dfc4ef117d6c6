package dev.tideline.testkit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of a mail.
 *
 * @param text the plain text, empty if there is none
 * @param html the HTML, empty if there is none
 * @param headers all header fields by name, ignoring case
 * @param attachments in the order of the mail
 */
public record MailContent(
        String text, String html, Map<String, List<String>> headers, List<MailAttachment> attachments) {

    public MailContent {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = java.util.Collections.unmodifiableMap(copy);
        attachments = List.copyOf(attachments);
    }
}
