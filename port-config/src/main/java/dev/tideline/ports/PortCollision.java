package dev.tideline.ports;

import java.util.Objects;
import java.util.Optional;

/**
 * A service that cannot be started because its port is taken.
 *
 * @param owner empty if unknown
 */
public record PortCollision(ServicePort service, int port, Optional<PortOwner> owner) {
    public PortCollision {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(owner, "owner");
    }

    String inWords(Workspace asking) {
        return service.name() + " needs port " + port + ", which is taken by "
                + owner.map(found -> found.inWords(asking))
                        .orElse("a process that cannot be identified on this system");
    }
}
