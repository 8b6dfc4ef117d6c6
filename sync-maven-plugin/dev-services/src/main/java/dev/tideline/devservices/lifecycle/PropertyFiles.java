package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.DevServicesException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder with one small file of properties for each record. May be read while it is changed. */
record PropertyFiles(Path folder) {

    private static final String SUFFIX = ".properties";

    /** All records, in the order of their names. */
    <T> List<T> read(Function<Properties, T> parse) {
        List<T> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> files = Files.list(folder).sorted()) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(SUFFIX)) {
                    read(file, parse, found);
                }
            }
            return found;
        } catch (IOException e) {
            throw StateFolder.cannotRead(folder, e);
        }
    }

    private static <T> void read(Path file, Function<Properties, T> parse, List<T> found) throws IOException {
        try (var in = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(in);
            found.add(parse.apply(properties));
        } catch (NoSuchFileException removedMeanwhile) {
            // Launchpad and status read without the lock; the service was just stopped.
        } catch (RuntimeException damaged) {
            throw new DevServicesException(
                    file + " is damaged: " + damaged
                            + ". Delete it; if a service of it still runs, the next start names" + " it.",
                    damaged);
        }
    }

    /** Complete or not at all, since a killed build must not leave half a file. */
    void write(String name, Properties properties) {
        try {
            Files.createDirectories(folder);
            StringWriter text = new StringWriter();
            properties.store(text, null);
            Path half = folder.resolve(name + ".half");
            Files.writeString(half, text.toString(), StandardCharsets.UTF_8);
            Files.move(half, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw StateFolder.cannotWrite(folder.getParent(), e);
        }
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw StateFolder.cannotWrite(folder.getParent(), e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
