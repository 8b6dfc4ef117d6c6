package dev.tideline.bench.contestant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Classes whose jars only the profile {@code bench} brings: the system property {@code bench.peers} has their names. */
public final class Peers {

    private Peers() {}

    /**
     * Those of one type, each call of a supplier a new one.
     *
     * @throws IllegalStateException if a class that is named is not there
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
