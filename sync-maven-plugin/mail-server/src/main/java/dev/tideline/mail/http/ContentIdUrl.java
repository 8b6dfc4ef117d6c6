package dev.tideline.mail.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URLs of RFC 2392 with which HTML refers to parts of its mail. */
final class ContentIdUrl {

    private static final Pattern REFERENCE = Pattern.compile("&(?:amp|#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));?");

    private ContentIdUrl() {}

    /**
     * Whether a reference means a part. Programs differ in how much they encode, and some encode the header, too.
     *
     * @param reference the text after {@code cid:} in the HTML
     * @param contentId the part's id, without angle brackets
     */
    static boolean names(String reference, String contentId) {
        String id = withoutEntities(reference);
        return id.equals(contentId) || percentDecoded(id).equals(percentDecoded(contentId));
    }

    private static String withoutEntities(String html) {
        return REFERENCE.matcher(html).replaceAll(entity -> Matcher.quoteReplacement(character(entity)));
    }

    private static String character(MatchResult entity) {
        if (entity.group(1) != null) {
            return text(Integer.parseInt(entity.group(1)), entity.group());
        }
        return entity.group(2) == null ? "&" : text(Integer.parseInt(entity.group(2), 16), entity.group());
    }

    private static String text(int codePoint, String otherwise) {
        return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : otherwise;
    }

    /** Invalid encodings are left unchanged. */
    private static String percentDecoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }
}
