package dev.tideline.e2e;

import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules of this repository, found by their sources, so that none is forgotten. All but {@code bench}, the last one: it is
 * compiled after the tests of this module have run.
 */
final class CompiledModules implements LocationProvider {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    /** Folders of modules, at most two levels below the root. */
    static List<Path> all() {
        try (Stream<Path> folders = Files.walk(ROOT, 2)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java"))
                            || Files.isDirectory(folder.resolve("src/test/java")))
                    .filter(folder -> !folder.endsWith("bench"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a module has compiled of its sources, main or test. */
    static List<Path> compiled(String sources, String classes) {
        return all().stream()
                .filter(module -> Files.isDirectory(module.resolve(sources)))
                .map(module -> module.resolve(classes))
                .toList();
    }

    @Override
    public Set<Location> get(Class<?> testClass) {
        return compiled("src/main/java", "target/classes").stream()
                .map(Location::of)
                .collect(Collectors.toSet());
    }
}
