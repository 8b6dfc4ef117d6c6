package dev.tideline.ports;

import java.util.List;

/** Services cannot be started because some of their ports are taken; the message names them all. */
public final class PortsTakenException extends PortConfigException {

    private final transient List<PortCollision> collisions;

    PortsTakenException(String message, List<PortCollision> collisions) {
        super(message);
        this.collisions = List.copyOf(collisions);
    }

    /** The taken ports, in the order asked; empty after deserialization. */
    public List<PortCollision> collisions() {
        return collisions == null ? List.of() : collisions;
    }
}
