package dev.tideline.sync.config;

import dev.tideline.ports.PortConfigException;
import dev.tideline.ports.Workspace;

/** The admin port of this workspace: prefix + 01. */
final class DefaultAdminPort {

    private DefaultAdminPort() {}

    /**
     * Asks the port table of the workspace in which this process runs.
     *
     * @throws ConfigException if the prefix cannot be used
     */
    static int ofWorkspace() {
        try {
            return Workspace.current().ports().port("admin");
        } catch (PortConfigException e) {
            throw new ConfigException(Problem.of(e.getMessage(), ""));
        }
    }
}
