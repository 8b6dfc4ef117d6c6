package dev.tideline.mail.http;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A path as elements that are decoded separately, so that a {@code %2F} inside a name stays inside that name.
 *
 * @param elements without empty ones
 */
record RequestPath(List<String> elements) {

    /**
     * Splits a raw path.
     *
     * @throws IllegalArgumentException if the percent-encoding is invalid or not UTF-8
     */
    static RequestPath parse(String raw) {
        List<String> elements = new ArrayList<>();
        for (String element : raw.split("/")) {
            if (!element.isEmpty()) {
                elements.add(decode(element));
            }
        }
        return new RequestPath(List.copyOf(elements));
    }

    int length() {
        return elements.size();
    }

    String element(int index) {
        return elements.get(index);
    }

    boolean startsWith(String... prefix) {
        return elements.size() >= prefix.length
                && elements.subList(0, prefix.length).equals(List.of(prefix));
    }

    /** Encodes one element of a path, except for the unreserved characters of RFC 3986. */
    static String encode(String element) {
        // URLEncoder writes forms: with + for a blank, and with its own idea of which characters are unreserved.
        return URLEncoder.encode(element, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String decode(String element) {
        if (element.indexOf('%') < 0) {
            return element;
        }
        ByteBuffer bytes = ByteBuffer.allocate(element.length() * 3);
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if (c == '%') {
                if (i + 2 >= element.length()) {
                    throw new IllegalArgumentException("broken percent-encoding in '" + element + "'");
                }
                // Its NumberFormatException is an IllegalArgumentException that names the characters.
                bytes.put((byte) HexFormat.fromHexDigits(element, i + 1, i + 3));
                i += 2;
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("'" + element + "' is not percent-encoded UTF-8", e);
        }
    }
}
