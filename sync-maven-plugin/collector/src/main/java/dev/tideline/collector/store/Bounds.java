package dev.tideline.collector.store;

/**
 * How much of one signal is kept.
 *
 * @param items at least 1
 * @param bytes of memory, as an upper estimate, at least 4096
 */
public record Bounds(int items, long bytes) {

    public Bounds {
        if (items < 1) {
            throw new IllegalArgumentException("a store keeps at least 1 item, not " + items);
        }
        if (bytes < 4096) {
            throw new IllegalArgumentException("a store needs at least 4096 bytes, not " + bytes);
        }
    }
}
