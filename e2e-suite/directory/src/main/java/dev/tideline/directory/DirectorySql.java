package dev.tideline.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The SQL files beside this class. */
final class DirectorySql {

    private DirectorySql() {}

    static String read(String file) {
        try (InputStream in = DirectorySql.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no SQL file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
