package dev.tideline.collector.otlp;

import com.google.protobuf.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Protobuf bytes being written, up to a limit. Beyond it nothing more is kept and {@link #overflowed} is true, so that
 * the rest of an oversized item can still be skipped.
 */
final class WireBuffer {

    private static final int INITIAL = 512;

    private final int limit;
    private byte[] bytes = new byte[INITIAL];
    private int size;
    private boolean overflowed;

    WireBuffer(int limit) {
        this.limit = limit;
    }

    void reset() {
        size = 0;
        overflowed = false;
    }

    boolean overflowed() {
        return overflowed;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void tag(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            put((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    void fixed(long value, int width) {
        for (int i = 0; i < width; i++) {
            put((int) (value >>> 8 * i));
        }
    }

    void text(String value) {
        delimited(value.getBytes(StandardCharsets.UTF_8));
    }

    void delimited(byte[] value) {
        varint(value.length);
        if (room(value.length)) {
            System.arraycopy(value, 0, bytes, size, value.length);
            size += value.length;
        }
    }

    /** Begins a nested message; pass the result to {@link #end}. */
    int begin(int field) {
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return size;
    }

    /** Ends it, and moves it up by the size of its length, which is known only now. */
    void end(int start) {
        int length = size - start;
        int width = 1;
        for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
            width++;
        }
        if (room(width)) {
            System.arraycopy(bytes, start, bytes, start + width, length);
            size = start;
            varint(length);
            size = start + width + length;
        }
    }

    private void put(int value) {
        if (room(1)) {
            bytes[size++] = (byte) value;
        }
    }

    private boolean room(int more) {
        if (overflowed || more > limit - size) {
            overflowed = true;
            return false;
        }
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(2 * bytes.length, size + more)));
        }
        return true;
    }
}
