package dev.tideline.ports;

import java.io.IOException;
import java.nio.file.Path;

/** The user's registry of workspaces cannot be read or written. Only an automatic prefix needs it. */
final class UnusableRegistryException extends PortConfigException {
    private static final long serialVersionUID = 1;

    private UnusableRegistryException(String message, IOException cause) {
        super(message, cause);
    }

    static UnusableRegistryException to(String what, Path file, IOException cause) {
        return new UnusableRegistryException(
                "Cannot " + what + " the registry of workspaces " + file + " (" + cause
                        + "). Make its directory writable, or set XDG_STATE_HOME to another one.",
                cause);
    }

    static UnusableRegistryException noHome() {
        return new UnusableRegistryException(
                "There is no place for the registry of workspaces, because this user has no home directory. Set HOME or"
                        + " XDG_STATE_HOME to a folder that this user may write to.",
                null);
    }
}
