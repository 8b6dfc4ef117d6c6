package dev.tideline.devservices.launchpad;

/** The health of something on a port. */
enum Health {
    /** It has just answered a real request. */
    READY("answers"),
    /** It was started a moment ago. */
    STARTING("is starting"),
    /** It is being stopped. */
    STOPPING("is stopping"),
    /** It was stopped on this page. */
    STOPPED("is stopped"),
    /** It should answer and does not. */
    SILENT("does not answer"),
    /** Its process has ended without having been stopped. */
    GONE("its process is gone"),
    /** Something listens that the plugin did not start. */
    LISTENING("something listens"),
    /** Nothing listens there, and nothing should. */
    FREE("free");

    private final String words;

    Health(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Whether it can be started, rather than stopped. */
    boolean isDown() {
        return this == STOPPED || this == GONE;
    }

    boolean isTrouble() {
        return this == SILENT || this == GONE;
    }
}
