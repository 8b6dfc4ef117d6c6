package dev.tideline.collector.store;

/**
 * An item with its place in the order of arrival.
 *
 * @param sequence 1 for the first item of this signal since the collector started, then one more for each
 */
public record Arrived<E extends Stored>(long sequence, E item) {}
