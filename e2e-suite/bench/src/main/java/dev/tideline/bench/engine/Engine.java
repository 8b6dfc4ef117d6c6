package dev.tideline.bench.engine;

/**
 * What runs in a contestant's own process: made by {@link EngineMain} through a constructor that takes a
 * {@code Map<String, String>} of settings. Used by one thread.
 */
public interface Engine {

    /** Begins to carry changes; returns at once, or when that is certain to happen. */
    void start() throws Exception;

    /** Carries no more; returns when nothing moves. */
    void stop() throws Exception;
}
