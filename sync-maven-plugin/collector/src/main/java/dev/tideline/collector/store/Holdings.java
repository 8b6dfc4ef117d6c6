package dev.tideline.collector.store;

/**
 * The content of a store at one moment.
 *
 * @param bytes charged for its items
 * @param received items ever received, which is also the newest sequence number
 * @param dropped items dropped in favour of newer ones
 */
public record Holdings(int items, long bytes, long received, long dropped) {}
