package dev.tideline.devservices.launchpad;

import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PortTable;
import dev.tideline.ports.Workspace;
import java.util.Set;

/**
 * Whose launchpad.
 *
 * @param workspace the workspace
 * @param prefix its prefix
 * @param allowedHosts host names that are let in beside loopback ones; {@code *} lets in all
 */
public record LaunchpadConfig(Workspace workspace, PortPrefix prefix, Set<String> allowedHosts) {

    /** @return where it listens */
    public int port() {
        return prefix.port(PortTable.standard().service("launchpad"));
    }
}
