package dev.tideline.mail.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.field.ContentDispositionField;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.field.ContentDispositionFieldLenientImpl;
import org.apache.james.mime4j.field.ContentTypeFieldLenientImpl;
import org.apache.james.mime4j.stream.RawField;

/** The header of one part. */
final class PartHeader {

    private static final String TOKEN = "[a-z0-9!#$&^_.+-]{1,120}";

    private final ContentTypeField type;
    private final ContentDispositionField disposition;
    private final String contentId;

    PartHeader(List<HeaderField> fields) {
        type = ContentTypeFieldLenientImpl.PARSER.parse(
                new RawField("Content-Type", value(fields, "Content-Type").orElse("text/plain")), DecodeMonitor.SILENT);
        disposition = ContentDispositionFieldLenientImpl.PARSER.parse(
                new RawField(
                        "Content-Disposition",
                        value(fields, "Content-Disposition").orElse("")),
                DecodeMonitor.SILENT);
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
        String given = type.getMimeType();
        if (given == null || given.isBlank()) {
            return "text/plain";
        }
        String lower = given.toLowerCase(Locale.ROOT);
        return lower.matches(TOKEN + "/" + TOKEN) ? lower : "application/octet-stream";
    }

    boolean isText(String mediaType) {
        return mediaType().equals(mediaType) && !disposition.isAttachment() && givenFileName() == null;
    }

    boolean isInline() {
        return disposition.isInline() || (!disposition.isAttachment() && !contentId.isEmpty());
    }

    Optional<String> contentId() {
        return contentId.isEmpty() ? Optional.empty() : Optional.of(contentId);
    }

    String fileName() {
        String given = givenFileName();
        return FileName.safe(given == null ? null : HeaderField.decode(given), mediaType());
    }

    private String givenFileName() {
        String name = disposition.getFilename();
        return name == null || name.isEmpty() ? type.getParameter("name") : name;
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
        String name = type.getCharset();
        // Often a wrong claim; ASCII is also UTF-8.
        if (name == null || name.isBlank() || name.equalsIgnoreCase("us-ascii")) {
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
