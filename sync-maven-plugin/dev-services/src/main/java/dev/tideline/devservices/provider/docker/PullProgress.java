package dev.tideline.devservices.provider.docker;

/** Told of an image that is pulled, which may take minutes. Called from several threads. */
public interface PullProgress {

    /**
     * A pull begins.
     *
     * @param service for which service
     * @param image the image
     */
    void begins(String service, String image);

    /**
     * A pull goes on.
     *
     * @param service for which service
     * @param what how far, in words
     */
    void pulling(String service, String what);
}
