package dev.tideline.ports;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks the ports of services before any of them is started, so that a taken port stops the start as a whole. Check
 * only services that are about to be started, not running ones that are to be reused. Thread-safe.
 */
public final class CollisionCheck {
    private final PrefixRegistry registry;
    private final PortOwners owners;
    private final PortProbe probe = new PortProbe();

    /**
     * @param registry of other workspaces, which also suggests a free prefix
     */
    public CollisionCheck(PrefixRegistry registry) {
        this(registry, PortOwners.ofThisSystem());
    }

    CollisionCheck(PrefixRegistry registry, PortOwners owners) {
        this.registry = registry;
        this.owners = owners;
    }

    /** The taken ports, in the order given, and their owners; empty if all services can start. */
    public List<PortCollision> find(PortPrefix prefix, Collection<ServicePort> services) {
        Map<Integer, ServicePort> taken = services.stream()
                .filter(service -> !probe.isFree(prefix.port(service)))
                .collect(Collectors.toMap(
                        prefix::port, Function.identity(), (first, second) -> first, LinkedHashMap::new));
        if (taken.isEmpty()) {
            return List.of();
        }
        Map<Integer, PortOwner> found = owners.find(taken.keySet());
        return taken.entrySet().stream()
                .map(entry -> new PortCollision(
                        entry.getValue(), entry.getKey(), Optional.ofNullable(found.get(entry.getKey()))))
                .toList();
    }

    /**
     * Rejects a start if a port is taken.
     *
     * @throws PortsTakenException if a port is taken; the message names service, port, pid, command and, if it is ours,
     *     workspace, and offers a free prefix
     */
    public void requireFree(Workspace workspace, PortPrefix prefix, Collection<ServicePort> services) {
        List<PortCollision> collisions = find(prefix, services);
        if (!collisions.isEmpty()) {
            String message = message(
                    workspace, prefix, collisions, alsoUsedBy(prefix, workspace, collisions), freePrefix(workspace));
            throw new PortsTakenException(message, collisions);
        }
    }

    static String message(
            Workspace workspace,
            PortPrefix prefix,
            List<PortCollision> collisions,
            Optional<String> alsoUsedBy,
            OptionalInt free) {
        boolean one = collisions.size() == 1;
        StringBuilder text = new StringBuilder("Nothing was started, because ")
                .append(one ? "a port is" : collisions.size() + " ports are")
                .append(" taken:\n");
        collisions.forEach(collision ->
                text.append("  ").append(collision.inWords(workspace)).append('\n'));
        text.append("Prefix ").append(prefix.value()).append(" comes from ").append(prefix.origin());
        alsoUsedBy.ifPresent(other -> text.append("; workspace ").append(other).append(" has used it too"));
        text.append(". End what holds the port").append(one ? "" : "s").append(", or choose another prefix");
        String option = "(-D" + PrefixInputs.PROPERTY + "=";
        text.append(
                free.isPresent()
                        ? ": " + free.getAsInt() + " is free " + option + free.getAsInt() + ")."
                        : " " + option + "…).");
        return text.toString();
    }

    private static boolean isOurs(PortCollision collision) {
        return collision.owner().flatMap(PortOwner::workspace).isPresent();
    }

    /** A guess, if no process is known. An unreadable registry must not replace the report about the ports. */
    private Optional<String> alsoUsedBy(PortPrefix prefix, Workspace workspace, List<PortCollision> collisions) {
        if (collisions.stream().anyMatch(CollisionCheck::isOurs)) {
            return Optional.empty();
        }
        try {
            return registry.lastUser(prefix.value(), workspace)
                    .map(other -> other.root().toString());
        } catch (PortConfigException e) {
            return Optional.empty();
        }
    }

    private OptionalInt freePrefix(Workspace workspace) {
        try {
            return registry.suggest(workspace);
        } catch (PortConfigException e) {
            return OptionalInt.empty();
        }
    }
}
