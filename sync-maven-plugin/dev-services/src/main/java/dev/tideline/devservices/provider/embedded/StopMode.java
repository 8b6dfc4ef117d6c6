package dev.tideline.devservices.provider.embedded;

/** How Postgres is asked to stop. */
public enum StopMode {
    /** Rolls back open transactions, disconnects the clients and writes a checkpoint. The default. */
    FAST("INT"),
    /** Stops without a checkpoint; the next start recovers from the log, as after a crash. */
    IMMEDIATE("QUIT");

    private final String signal;

    StopMode(String signal) {
        this.signal = signal;
    }

    String signal() {
        return signal;
    }
}
