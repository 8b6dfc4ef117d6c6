package dev.tideline.bench.engine;

/**
 * What runs in a contestant's own process: created by {@link EngineMain} through a constructor with a {@code
 * Map<String, String>} of settings. Used by one thread.
 */
public interface Engine {

    /** Starts to apply changes; returns at once, or when that is certain to happen. */
    void start() throws Exception;

    /** Stops applying changes; returns when nothing moves. */
    void stop() throws Exception;
}
