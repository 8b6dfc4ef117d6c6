package dev.tideline.sync.engine;

/**
 * The runtime is shutting down, or is not to go on with what it was doing; what was committed stays, and the rest goes on
 * at the next start.
 */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("the runtime is stopping");
    }

    StoppedException(String why) {
        super(why);
    }
}
