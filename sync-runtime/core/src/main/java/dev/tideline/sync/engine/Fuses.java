package dev.tideline.sync.engine;

/** What is paused, as last known. A run in progress ends after its current transaction. */
@FunctionalInterface
public interface Fuses {

    Fuses ON = name -> false;

    /** @param name as in {@code tideline.fuse}: {@code poller}, or {@code target:<tenant>/<name>} */
    boolean isPaused(String name);

    default boolean pollerPaused() {
        return isPaused("poller");
    }

    /** @param label {@code <tenant>/<name>} */
    default boolean paused(String label) {
        return isPaused("target:" + label);
    }
}
