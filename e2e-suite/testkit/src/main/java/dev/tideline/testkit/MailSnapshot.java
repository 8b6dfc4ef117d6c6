package dev.tideline.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All metadata of a mail that is the same in every run, to be compared as a whole. Left out are the mailbox's name, id,
 * date, size and the seen flag; of the header fields those that mailers and servers fill in ({@code Date},
 * {@code Message-ID}, {@code Received}, {@code Return-Path}, {@code DKIM-Signature} and the like), those that are in other
 * components already, and the boundary of a multipart type.
 *
 * @param from sender, as {@code Name <a@b>} or {@code <a@b>}
 * @param to recipients of the {@code To} field in the same form
 * @param subject decoded subject
 * @param headers the other header fields by name in lower case; empty if the mail was fetched without its body
 * @param attachments name, type and hash of each file; empty if the mail was fetched without its body
 */
public record MailSnapshot(
        String from, List<String> to, String subject, Map<String, List<String>> headers, List<String> attachments) {
    private static final Set<String> LEFT_OUT = Set.of(
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "received",
            "return-path",
            "delivered-to",
            "dkim-signature",
            "authentication-results",
            "in-reply-to",
            "references");

    public MailSnapshot {
        to = List.copyOf(to);
        headers = java.util.Collections.unmodifiableMap(new TreeMap<>(headers));
        attachments = List.copyOf(attachments);
    }

    static MailSnapshot of(MailMessage message) {
        Map<String, List<String>> headers = new TreeMap<>();
        List<String> attachments = List.of();
        if (message.content().isPresent()) {
            MailContent content = message.content().get();
            content.headers().forEach((name, values) -> {
                String lower = name.toLowerCase(Locale.ROOT);
                if (!LEFT_OUT.contains(lower)) {
                    headers.put(
                            lower,
                            values.stream().map(MailSnapshot::withoutBoundary).toList());
                }
            });
            attachments = content.attachments().stream()
                    .map(file -> file.filename() + " (" + file.contentType() + ", md5 " + file.md5() + ")")
                    .toList();
        }
        return new MailSnapshot(message.from(), message.to(), message.subject(), headers, attachments);
    }

    /** Leaves out further header fields, such as one with a token; names in any case. */
    public MailSnapshot without(String... names) {
        Map<String, List<String>> fewer = new TreeMap<>(headers);
        for (String name : names) {
            fewer.remove(name.toLowerCase(Locale.ROOT));
        }
        return new MailSnapshot(from, to, subject, fewer, attachments);
    }

    private static String withoutBoundary(String value) {
        return value.replaceAll("(?i);\\s*boundary=(\"[^\"]*\"|[^;\\s]*)", "");
    }
}
