package dev.tideline.mail.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The header of one part. */
final class PartHeader {

    private static final String TOKEN = "[a-z0-9!#$&^_.+-]{1,120}";

    private final StructuredField type;
    private final StructuredField disposition;
    private final String contentId;

    PartHeader(List<HeaderField> fields) {
        type = StructuredField.of(value(fields, "Content-Type").orElse("text/plain"));
        disposition = StructuredField.of(value(fields, "Content-Disposition").orElse(""));
        contentId = HeaderField.decode(value(fields, "Content-Id").orElse("")).replaceAll("[<>\\s]", "");
    }

    private static Optional<String> value(List<HeaderField> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(HeaderField::value)
                .findFirst();
    }

    /** The media type if it is valid, else that of arbitrary bytes; text if no type is given (RFC 2045, 5.2). */
    String mediaType() {
        if (type.value().isEmpty()) {
            return "text/plain";
        }
        String lower = type.value().toLowerCase(Locale.ROOT);
        return lower.matches(TOKEN + "/" + TOKEN) ? lower : "application/octet-stream";
    }

    boolean isText(String mediaType) {
        return mediaType().equals(mediaType)
                && !isAttachment()
                && givenFileName().isEmpty();
    }

    boolean isInline() {
        return disposition.value().equalsIgnoreCase("inline") || (!isAttachment() && !contentId.isEmpty());
    }

    private boolean isAttachment() {
        return disposition.value().equalsIgnoreCase("attachment");
    }

    Optional<String> contentId() {
        return contentId.isEmpty() ? Optional.empty() : Optional.of(contentId);
    }

    String fileName() {
        return FileName.safe(HeaderField.decode(givenFileName()), mediaType());
    }

    private String givenFileName() {
        String name = disposition.parameter("filename");
        return name.isEmpty() ? type.parameter("name") : name;
    }

    /**
     * Decodes with the named charset, if Java has it; else with UTF-8 if the bytes are valid, else with Windows-1252.
     */
    String decode(byte[] content) {
        Optional<Charset> named = charset();
        if (named.isPresent()) {
            return new String(content, named.get());
        }
        String utf8 = new String(content, StandardCharsets.UTF_8);
        return utf8.indexOf('\uFFFD') < 0 ? utf8 : new String(content, Charset.forName("windows-1252"));
    }

    private Optional<Charset> charset() {
        String name = type.parameter("charset");
        // Often a wrong claim; ASCII is also UTF-8.
        if (name.isBlank() || name.equalsIgnoreCase("us-ascii")) {
            return Optional.empty();
        }
        try {
            Charset charset = Charset.forName(name.strip());
            return charset.name().equals("UTF-8") ? Optional.empty() : Optional.of(charset);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
