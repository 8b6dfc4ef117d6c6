package dev.tideline.mail.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.util.ByteSequence;

/**
 * One header field.
 *
 * @param name in the usual case, such as {@code Message-Id}
 * @param value unfolded, with encoded words left as they are
 */
public record HeaderField(String name, String value) {

    private static final Pattern ENCODED_WORD =
            Pattern.compile("=\\?([^?*\\s]+)(?:\\*[^?\\s]*)?\\?([bBqQ])\\?([^?]*)\\?=");

    static HeaderField of(Field field) {
        ByteSequence raw = field.getRaw();
        String text = raw == null ? field.getName() + ":" + field.getBody() : text(raw.toByteArray());
        return new HeaderField(canonical(field.getName()), unfold(text.substring(text.indexOf(':') + 1)));
    }

    /** The value with encoded words decoded, except for those in an unknown charset. */
    String decoded() {
        return decode(value);
    }

    /** A value with its encoded words decoded, as far as possible. */
    public static String decode(String value) {
        if (!value.contains("=?")) {
            return value;
        }
        try {
            return DecoderUtil.decodeEncodedWords(
                    ENCODED_WORD.matcher(value).replaceAll(HeaderField::plain), DecodeMonitor.SILENT);
        } catch (RuntimeException undecodable) {
            return value;
        }
    }

    /** Without a language (RFC 2231), which the decoder takes for a part of the charset, and with the padding it needs. */
    private static String plain(MatchResult word) {
        String encoded = word.group(3);
        if (word.group(2).equalsIgnoreCase("b")) {
            String digits = encoded.replaceAll("[\\s=]", "");
            encoded = digits + "=".repeat(-digits.length() & 3);
        }
        return Matcher.quoteReplacement("=?" + word.group(1) + "?" + word.group(2) + "?" + encoded + "?=");
    }

    /** Bytes above 127 are UTF-8 by RFC 6532; from older programs they are usually Windows-1252. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("windows-1252"));
        }
    }

    private static String unfold(String folded) {
        return folded.replaceAll("[\\r\\n]++[ \\t]*+", " ").strip();
    }

    /** Inbucket's case of names: the first letter and each letter after a hyphen is upper, the rest lower. */
    private static String canonical(String name) {
        StringBuilder result = new StringBuilder(name.length());
        boolean upper = true;
        for (char c : name.strip().toCharArray()) {
            result.append(upper ? asciiUpper(c) : asciiLower(c));
            upper = c == '-';
        }
        return result.toString();
    }

    private static char asciiUpper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }

    private static char asciiLower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
