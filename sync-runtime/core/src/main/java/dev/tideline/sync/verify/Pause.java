package dev.tideline.sync.verify;

/** How to wait until the sync may have brought a row that is under way. */
@FunctionalInterface
public interface Pause {

    /** Returns when it is worth looking again. */
    void pause() throws InterruptedException;
}
