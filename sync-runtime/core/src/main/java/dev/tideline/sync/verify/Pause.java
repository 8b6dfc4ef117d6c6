package dev.tideline.sync.verify;

/** Waits until the sync may have delivered a row that is in flight. */
@FunctionalInterface
public interface Pause {

    /** Returns when it is worth looking again. */
    void pause() throws InterruptedException;
}
