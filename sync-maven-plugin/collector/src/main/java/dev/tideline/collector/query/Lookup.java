package dev.tideline.collector.query;

import dev.tideline.collector.store.Stored;

/**
 * Finding and waiting for one signal. Thread-safe.
 *
 * @param finder finds what is there
 * @param waits waits for what is not
 */
public record Lookup<E extends Stored, V extends View<E>>(Finder<E, V> finder, Waits<E, V> waits) {}
