package dev.tideline.collector.otlp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Shortens JSON strings that are too long for any item, so that parsing them takes neither memory nor an exception: the
 * rest is still too long to be accepted, and the parser finds the item's end. Not thread-safe.
 */
final class CutStrings extends FilterInputStream {

    private static final int ESCAPE_DIGITS = 4;

    /** Base64 uses four characters for three bytes; whole groups are kept. */
    private static final int BASE64_GROUP = 4;

    private final int keep;
    private boolean inString;
    private boolean escaped;
    private int digitsLeft;
    private int digits;

    /** Whether the current character is passed on; either all of its bytes are, or none. */
    private boolean keeping;

    /** Bytes in UTF-8 of the current string, once unescaped. */
    private long length;

    private int begin;
    private int end;
    private final byte[] buffer = new byte[8192];

    /**
     * @param in JSON in UTF-8
     * @param longest maximum size of an item; strings of up to twice as many bytes pass, since base64 is longer than
     *     its content
     */
    CutStrings(InputStream in, int longest) {
        super(in);
        this.keep = longestLeft(longest);
    }

    /** How many bytes of a longer string are kept. */
    static int longestLeft(int longest) {
        return Math.multiplyExact(2, longest) / BASE64_GROUP * BASE64_GROUP;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        int written = 0;
        while (written == 0) {
            if (begin == end) {
                begin = 0;
                end = Math.max(0, in.read(buffer));
                if (end == 0) {
                    return -1;
                }
            }
            while (begin < end && written < count) {
                byte next = buffer[begin++];
                if (passes(next)) {
                    target[offset + written++] = next;
                }
            }
        }
        return written;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private boolean passes(byte next) {
        if (!inString) {
            inString = next == '"';
            length = 0;
            return true;
        }
        if (escaped || digitsLeft > 0) {
            escape(next);
            return keeping;
        }
        if (next == '"') {
            inString = false;
            return true;
        }
        boolean continuesCharacter = (next & 0xc0) == 0x80;
        if (!continuesCharacter) {
            keeping = length < keep;
        }
        escaped = next == '\\';
        length += escaped ? 0 : 1;
        return keeping;
    }

    private void escape(byte next) {
        if (digitsLeft > 0) {
            digits = digits << 4 | Math.max(0, Character.digit(next, 16));
            length += --digitsLeft == 0 ? utf8Length((char) digits) : 0;
        } else if (next == 'u') {
            digitsLeft = ESCAPE_DIGITS;
            digits = 0;
        } else {
            length++;
        }
        escaped = false;
    }

    private static int utf8Length(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
