package dev.tideline.mail.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Text that somebody sends as a mail, without a header: what a script's first try sends. Mail servers put an empty line in
 * front, or the text would be read as header fields that are broken.
 */
final class HeaderlessMail {

    private static final byte[] EMPTY_LINE = {'\r', '\n'};
    private static final int LONGEST_NAME = 1_000;

    /** A field's name, a line of an mbox file, or the empty line. */
    private static final Pattern HEADER = Pattern.compile("^([!-9;-~]+[ \t]*:|From |\r?\n)");

    private HeaderlessMail() {}

    static byte[] completed(byte[] source) {
        String beginning = new String(source, 0, Math.min(source.length, LONGEST_NAME), StandardCharsets.ISO_8859_1);
        if (beginning.isEmpty() || HEADER.matcher(beginning).find()) {
            return source;
        }
        byte[] completed = Arrays.copyOf(EMPTY_LINE, EMPTY_LINE.length + source.length);
        System.arraycopy(source, 0, completed, EMPTY_LINE.length, source.length);
        return completed;
    }
}
