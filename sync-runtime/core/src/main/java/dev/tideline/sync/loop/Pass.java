package dev.tideline.sync.loop;

/** One bounded piece of work. Never waits for something to happen; a {@link Loop} decides when it runs again. */
@FunctionalInterface
public interface Pass {

    /** Does what there is to do now, and says how the loop should go on. */
    Next runOnce() throws Exception;

    /** When to run again. */
    sealed interface Next {
        /**
         * Work was done: again at the loop's pace.
         *
         * @param more whether some was left that nobody will ring for
         */
        record Busy(long work, boolean more) implements Next {}

        /** Nothing to do: when somebody rings, or after the loop's idle delay. */
        record Idle() implements Next {}

        /** Nothing to do, but transactions are open that may commit without ringing: look again soon. */
        record Watchful() implements Next {}
    }
}
