package dev.tideline.collector.store;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/** Span ids as numbers: eight bytes each, so a kept span needs no object for its id. */
public final class Ids {

    /** No span: an absent or invalid id. All zeroes is invalid by the specification. */
    public static final long NONE = 0;

    private static final int SPAN_ID_BYTES = 8;

    private Ids() {}

    /** The id in {@code bytes}, {@link #NONE} if they are not eight. */
    static long spanId(ByteString bytes) {
        return bytes.size() == SPAN_ID_BYTES ? longAt(bytes, 0) : NONE;
    }

    /**
     * Parses 16 hex digits in any case.
     *
     * @throws IllegalArgumentException if {@code hex} is anything else
     */
    public static long parseSpanId(String hex) {
        if (hex.length() != 2 * SPAN_ID_BYTES) {
            throw new IllegalArgumentException("a span id has 16 hex digits, not " + hex.length());
        }
        return HexFormat.fromHexDigitsToLong(hex);
    }

    /** 16 lower-case hex digits. */
    public static String hex(long spanId) {
        return HexFormat.of().toHexDigits(spanId);
    }

    static long longAt(ByteString bytes, int offset) {
        long value = 0;
        for (int i = offset; i < offset + Long.BYTES; i++) {
            value = value << 8 | bytes.byteAt(i) & 0xff;
        }
        return value;
    }
}
