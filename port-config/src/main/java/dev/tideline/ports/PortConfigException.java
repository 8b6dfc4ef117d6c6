package dev.tideline.ports;

/** A problem with ports, prefixes or the workspace that the user has to correct; the message says how. */
public class PortConfigException extends RuntimeException {

    /**
     * @param message what is wrong, where, and what to do next
     */
    public PortConfigException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, where, and what to do next
     */
    public PortConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
