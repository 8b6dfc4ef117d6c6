package dev.tideline.sync.verify;

import java.util.HexFormat;

/**
 * Count and sum of hashes of one side's rows, by the low bits of the key's hash. At most about 2 MB. Filled by one
 * thread.
 */
final class Buckets {

    private static final int FEWEST = 1 << 6;
    private static final int MOST = 1 << 16;

    /** Few rows each, since a single differing row makes the whole bucket be listed. */
    private static final int ROWS_PER_BUCKET = 128;

    private final long[] counts;
    private final long[] hashes;
    private long rows;

    Buckets(int size) {
        counts = new long[size];
        hashes = new long[size];
    }

    /** A suitable number of buckets for this many rows; a power of two. */
    static int sizeFor(long expectedRows) {
        long wanted = Math.max(FEWEST, Math.min(MOST, expectedRows / ROWS_PER_BUCKET));
        return Math.toIntExact(Long.highestOneBit(wanted));
    }

    /** Adds rows to a bucket, possibly in several parts. */
    void add(int bucket, long count, long hashSum) {
        counts[bucket] += count;
        hashes[bucket] += hashSum; // modulo 2^64
        rows += count;
    }

    long rows() {
        return rows;
    }

    /** The buckets that differ. */
    Differing differingFrom(Buckets other) {
        Differing set = new Differing(counts.length);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != other.counts[i] || hashes[i] != other.hashes[i]) {
                set.add(i, counts[i], other.counts[i]);
            }
        }
        return set;
    }

    /** The buckets in which the two sides differ. */
    static final class Differing {

        private final int size;
        private final byte[] bits;
        private long sourceRows;
        private long targetRows;
        private boolean empty = true;

        private Differing(int size) {
            this.size = size;
            this.bits = new byte[(size + 7) / 8];
        }

        private void add(int bucket, long inSource, long inTarget) {
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
            return "'\\x" + HexFormat.of().formatHex(bits) + "'::bytea";
        }
    }
}
