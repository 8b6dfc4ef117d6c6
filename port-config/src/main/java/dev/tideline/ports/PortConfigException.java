package dev.tideline.ports;

/** Something about ports, prefixes or the workspace that the user has to put right; the message says how. */
public class PortConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A problem that has no cause of its own.
     *
     * @param message what is wrong, where, and what to do next
     */
    public PortConfigException(String message) {
        super(message);
    }

    /**
     * A problem that another one brought about.
     *
     * @param message what is wrong, where, and what to do next
     * @param cause why
     */
    public PortConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
