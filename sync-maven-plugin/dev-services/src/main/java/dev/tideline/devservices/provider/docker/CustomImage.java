package dev.tideline.devservices.provider.docker;

import java.util.Map;

/**
 * An image of which the user has said all that is known.
 *
 * @param service name of the service, and of its port
 * @param port the port that it listens on
 */
record CustomImage(String service, int port) implements ServiceImage {

    /** The spec names the whole image, or it would not be one of the user's own. */
    @Override
    public String repository() {
        return service;
    }

    @Override
    public String tag() {
        return "latest";
    }

    @Override
    public Map<String, Integer> ports() {
        return Map.of(service, port);
    }
}
