package dev.tideline.sync.engine;

/**
 * The runtime is shutting down, or the run was cancelled. What was committed stays; the rest continues at the next
 * start.
 */
public final class StoppedException extends RuntimeException {

    StoppedException() {
        super("the runtime is stopping");
    }

    StoppedException(String why) {
        super(why);
    }
}
