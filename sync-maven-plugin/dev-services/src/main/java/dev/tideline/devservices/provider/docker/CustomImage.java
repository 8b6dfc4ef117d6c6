package dev.tideline.devservices.provider.docker;

import java.util.Map;

/**
 * An image of which only the user's settings are known.
 *
 * @param service its name, and that of its port
 */
record CustomImage(String service, int port) implements ServiceImage {

    /** The spec names the whole image, or it would not be a custom one. */
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
