package dev.tideline.sync.verify;

/** A set of buckets. */
final class BucketSet {

    private final int size;
    private final byte[] bits;
    private long sourceRows;
    private long targetRows;
    private boolean empty = true;

    BucketSet(int size) {
        this.size = size;
        this.bits = new byte[(size + 7) / 8];
    }

    void add(int bucket, long inSource, long inTarget) {
        bits[bucket >> 3] |= (byte) (1 << (bucket & 7)); // the bit order of get_bit
        sourceRows += inSource;
        targetRows += inTarget;
        empty = false;
    }

    boolean isEmpty() {
        return empty;
    }

    int mask() {
        return size - 1;
    }

    /** The number of rows of a side in these buckets, when they were counted. */
    long rows(Side side) {
        return side == Side.SOURCE ? sourceRows : targetRows;
    }

    /** A {@code bytea} literal for {@code get_bit}. */
    String sql() {
        return "'\\x" + java.util.HexFormat.of().formatHex(bits) + "'::bytea";
    }
}
