package dev.tideline.devservices.launchpad;

/** How something on a port is. */
enum Health {
    /** It has just answered a real request. */
    READY("answers"),
    /** It was told to start a moment ago. */
    STARTING("is starting"),
    /** It should answer and does not. */
    SILENT("does not answer"),
    /** Its process has ended without having been stopped. */
    GONE("its process is gone"),
    /** Something listens that the plugin did not start. */
    LISTENING("something listens"),
    /** Nobody is there, nor has to be. */
    FREE("nothing listens");

    private final String words;

    Health(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    boolean isTrouble() {
        return this == SILENT || this == GONE;
    }
}
