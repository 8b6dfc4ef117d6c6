package dev.tideline.sync.engine;

/** What is paused, as far as is known: runs that are under way end after the transaction in flight. */
public interface Fuses {

    /** Nothing is paused. */
    Fuses ON = new Fuses() {
        @Override
        public boolean pollerPaused() {
            return false;
        }

        @Override
        public boolean paused(String label) {
            return false;
        }
    };

    /** Whether the poller is paused. */
    boolean pollerPaused();

    /** @param label {@code <tenant>/<name>} */
    boolean paused(String label);
}
