package dev.tideline.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Parses one message, and never throws: of a message that is truncated, contradictory or endlessly nested it returns
 * whatever could be read.
 */
public final class MessageParser {

    /** Further parts are left out; the source still has them. */
    static final int MOST_PARTS = 1_000;

    /** More deeply nested multiparts are left out. Each level is a stream around the one above it. */
    static final int DEEPEST = 50;

    private static final String BETWEEN_TEXTS = "\n--\n";

    private final Deque<List<HeaderField>> open = new ArrayDeque<>();
    private final Map<String, List<String>> header = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private final List<Attachment> inline = new ArrayList<>();
    private final List<Attachment> attached = new ArrayList<>();
    private int parts;
    private int depth;

    private MessageParser() {}

    /** Parses a message from a stream over memory, so that no read error can occur. */
    public static ParsedMessage parse(InputStream source) {
        MessageParser parser = new MessageParser();
        try {
            parser.read(source);
        } catch (MimeException | IOException | RuntimeException broken) {
            // What was read before the break is the message.
            return parser.result();
        }
        return parser.result();
    }

    private void read(InputStream source) throws MimeException, IOException {
        MimeTokenStream stream = new MimeTokenStream(Lenient.CONFIG, new PlainFields());
        // A message inside a message is an attachment, to be saved and opened separately.
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
        stream.parse(source);
        boolean more = true;
        while (more) {
            more = switch (stream.getState()) {
                case T_START_HEADER -> {
                    open.push(new ArrayList<>());
                    yield true;
                }
                case T_FIELD -> {
                    open.peek().add(HeaderField.of(stream.getField()));
                    yield true;
                }
                case T_END_HEADER -> {
                    rememberFirstHeader();
                    yield true;
                }
                case T_START_MULTIPART -> ++depth <= DEEPEST;
                case T_END_MULTIPART -> {
                    depth--;
                    open.pop();
                    yield true;
                }
                case T_BODY -> {
                    body(new PartHeader(open.pop()), stream.getDecodedInputStream());
                    yield ++parts < MOST_PARTS;
                }
                case T_END_OF_STREAM -> false;
                default -> true;
            };
            if (more) {
                stream.next();
            }
        }
    }

    private void rememberFirstHeader() {
        if (header.isEmpty()) {
            open.peek()
                    .forEach(field -> header.computeIfAbsent(field.name(), name -> new ArrayList<>())
                            .add(field.value()));
        }
    }

    private void body(PartHeader part, InputStream decoded) {
        byte[] content = readUpToBreak(decoded);
        if (part.isText("text/plain")) {
            append(text, part.decode(content));
        } else if (part.isText("text/html")) {
            append(html, part.decode(content));
        } else {
            Attachment attachment =
                    new Attachment(part.fileName(), part.mediaType(), part.contentId(), part.isInline(), content);
            (attachment.inline() ? inline : attached).add(attachment);
        }
    }

    private static void append(StringBuilder whole, String more) {
        if (!whole.isEmpty() && !more.isBlank()) {
            whole.append(BETWEEN_TEXTS);
        }
        whole.append(more);
    }

    /** Broken base64 gives what precedes the break. */
    private static byte[] readUpToBreak(InputStream decoded) {
        java.io.ByteArrayOutputStream content = new java.io.ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = decoded.read(buffer); n >= 0; n = decoded.read(buffer)) {
                content.write(buffer, 0, n);
            }
        } catch (IOException | RuntimeException broken) {
            return content.toByteArray();
        }
        return content.toByteArray();
    }

    private ParsedMessage result() {
        List<Attachment> attachments = new ArrayList<>(inline);
        attachments.addAll(attached);
        return new ParsedMessage(header, text.toString(), html.toString(), attachments);
    }
}
