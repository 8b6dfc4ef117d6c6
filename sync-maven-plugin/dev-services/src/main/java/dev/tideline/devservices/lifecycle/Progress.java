package dev.tideline.devservices.lifecycle;

/** Receives the progress of services. Called from several threads. */
public interface Progress {

    /**
     * A wait begins.
     *
     * @param what for example "starts on port 8128"
     */
    void waiting(String service, String what);

    /**
     * A wait is over.
     *
     * @param what for example "ready on port 8128"
     */
    void done(String service, String what);

    /** A sentence that a person should read. */
    void note(String message);

    /** A sentence about something that was probably not intended. A note like any other by default. */
    default void warning(String message) {
        note(message);
    }
}
