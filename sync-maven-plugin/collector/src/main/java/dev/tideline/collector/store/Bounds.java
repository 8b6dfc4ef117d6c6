package dev.tideline.collector.store;

/**
 * How much of one signal is kept.
 *
 * @param items most items, at least 1
 * @param bytes most bytes of memory, as estimated from above, at least 4096
 */
public record Bounds(int items, long bytes) {

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if one is too small
     */
    public Bounds {
        if (items < 1) {
            throw new IllegalArgumentException("a store keeps at least 1 item, not " + items);
        }
        if (bytes < 4096) {
            throw new IllegalArgumentException("a store needs at least 4096 bytes, not " + bytes);
        }
    }
}
