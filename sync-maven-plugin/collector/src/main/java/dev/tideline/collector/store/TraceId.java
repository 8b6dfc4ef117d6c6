package dev.tideline.collector.store;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A trace's id, 16 bytes.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record TraceId(long high, long low) {

    public static final int BYTES = 16;

    /**
     * Parses 32 hex digits in any case.
     *
     * @throws IllegalArgumentException if {@code hex} is anything else
     */
    public static TraceId parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a trace id has 32 hex digits, not " + hex.length());
        }
        return new TraceId(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    /** The id in {@code bytes}, or null if they are no valid one: of another length, or all zero. */
    static TraceId of(ByteString bytes) {
        if (bytes.size() != BYTES) {
            return null;
        }
        TraceId id = new TraceId(Ids.longAt(bytes, 0), Ids.longAt(bytes, 8));
        return id.high == 0 && id.low == 0 ? null : id;
    }

    /** 32 lower-case hex digits. */
    @Override
    public String toString() {
        return (HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low)).toLowerCase(Locale.ROOT);
    }
}
