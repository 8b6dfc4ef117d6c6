package dev.tideline.devservices.provider.docker;

/** Receives the progress of a pull, which may take minutes. Called from several threads. */
public interface PullProgress {

    /** A pull for a service begins. */
    void begins(String service, String image);

    /**
     * A pull continues.
     *
     * @param what progress in words
     */
    void pulling(String service, String what);
}
