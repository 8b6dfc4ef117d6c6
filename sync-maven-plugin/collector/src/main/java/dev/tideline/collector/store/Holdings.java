package dev.tideline.collector.store;

/**
 * What a store holds at one moment.
 *
 * @param items items held
 * @param bytes bytes charged for them
 * @param received items ever received, which is also the newest sequence number
 * @param dropped items that went because newer ones needed the room
 */
public record Holdings(int items, long bytes, long received, long dropped) {}
