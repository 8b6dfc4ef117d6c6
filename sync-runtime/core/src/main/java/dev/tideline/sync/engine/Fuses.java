package dev.tideline.sync.engine;

/** What is paused, as last known. A run in progress ends after its current transaction. */
public interface Fuses {

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

    boolean pollerPaused();

    /** @param label {@code <tenant>/<name>} */
    boolean paused(String label);
}
