package dev.tideline.devservices.launchpad;

import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PortTable;
import dev.tideline.ports.Workspace;
import java.util.Set;

/**
 * The settings of a launchpad.
 *
 * @param allowedHosts host names to accept besides loopback ones; {@code *} accepts all
 */
public record LaunchpadConfig(Workspace workspace, PortPrefix prefix, Set<String> allowedHosts) {

    public int port() {
        return prefix.port(PortTable.standard().service("launchpad"));
    }
}
