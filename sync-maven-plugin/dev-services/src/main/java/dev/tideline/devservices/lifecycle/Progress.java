package dev.tideline.devservices.lifecycle;

/** Told what happens to the services while it happens. Called from several threads. */
public interface Progress {

    /**
     * Something is being waited for.
     *
     * @param service whose
     * @param what for example "starts on port 8128"
     */
    void waiting(String service, String what);

    /**
     * A service has come to rest.
     *
     * @param service whose
     * @param what for example "ready on port 8128"
     */
    void done(String service, String what);

    /**
     * Something that a person should know.
     *
     * @param message a sentence
     */
    void note(String message);

    /**
     * Something that a person should know because it is probably not what was meant. A note like any other by default.
     *
     * @param message a sentence
     */
    default void warning(String message) {
        note(message);
    }
}
