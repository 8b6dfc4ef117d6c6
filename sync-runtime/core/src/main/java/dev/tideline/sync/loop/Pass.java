package dev.tideline.sync.loop;

/** One bounded piece of work. It never waits for something to happen; a {@link Loop} decides when it runs again. */
@FunctionalInterface
public interface Pass {

    /** Does the work that exists now, and says how the loop should continue. */
    Next runOnce() throws Exception;

    /** When to run again. */
    sealed interface Next {
        /**
         * Work was done: run again at the loop's pace.
         *
         * @param more whether work is left for which nobody will ring
         */
        record Busy(long work, boolean more) implements Next {}

        /** Nothing to do: run when somebody rings, or after the loop's idle delay. */
        record Idle() implements Next {}

        /** Nothing to do, but transactions are open that may commit without ringing: look again soon. */
        record Watchful() implements Next {}
    }
}
