package dev.tideline.bench.contestant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Classes whose jars only the profile {@code bench} has: the system property {@code bench.peers} contains their names.
 */
public final class Peers {

    private Peers() {}

    /**
     * Suppliers of new objects of one type.
     *
     * @throws IllegalStateException if a named class does not exist
     */
    public static <T> List<Supplier<T>> of(Class<T> type) {
        List<Supplier<T>> peers = new ArrayList<>();
        for (String name : System.getProperty("bench.peers", "").split(",")) {
            if (!name.isBlank()) {
                Class<?> peer = named(name.strip());
                if (type.isAssignableFrom(peer)) {
                    peers.add(() -> type.cast(made(peer)));
                }
            }
        }
        return peers;
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "bench.peers names " + name + ", which is not on the class path; profile bench brings it", e);
        }
    }

    private static Object made(Class<?> peer) {
        try {
            return peer.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(peer.getName() + " cannot be made: " + e, e);
        }
    }
}
