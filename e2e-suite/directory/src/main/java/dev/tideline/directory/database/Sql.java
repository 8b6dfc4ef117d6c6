package dev.tideline.directory.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The SQL files beside a class, one statement each. */
public final class Sql {

    private static final Map<String, String> READ = new ConcurrentHashMap<>();

    private Sql() {}

    /**
     * Reads a file of the class's package, once.
     *
     * @param name without {@code .sql}
     */
    public static String read(Class<?> neighbour, String name) {
        return READ.computeIfAbsent(neighbour.getPackageName() + "/" + name, key -> load(neighbour, name + ".sql"));
    }

    private static String load(Class<?> neighbour, String file) {
        try (InputStream in = neighbour.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no SQL file " + file + " beside " + neighbour.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
