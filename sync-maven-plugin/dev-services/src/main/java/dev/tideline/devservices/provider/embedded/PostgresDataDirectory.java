package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.FailureAdvice;
import dev.tideline.devservices.process.FileTree;
import dev.tideline.devservices.process.ProcessIdentity;
import dev.tideline.devservices.process.UnprivilegedLaunch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The files of one Postgres cluster: created on first use, and read without a running server.
 *
 * <p>There is no template cluster to make the first start faster: copies would share one system identifier, and
 * software that checks whether two servers are the same would be misled.
 */
final class PostgresDataDirectory {

    private static final String HALF = ".initdb-";
    private static final String SETTINGS_FILE = "tideline.conf";
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    private final Path path;
    private final PostgresBinaries binaries;

    PostgresDataDirectory(Path path, PostgresBinaries binaries) {
        this.path = path.toAbsolutePath().normalize();
        this.binaries = binaries;
    }

    Path path() {
        return path;
    }

    /** Creates the cluster if there is none, and writes the settings. */
    void prepare(UnprivilegedLaunch launch, Durability durability, Map<String, String> settings) throws IOException {
        if (Files.exists(path.resolve("PG_VERSION"))) {
            requireSameMajor();
        } else {
            initialise(launch, durability);
        }
        Files.writeString(path.resolve(SETTINGS_FILE), PostgresSettings.configuration(durability, settings));
        launch.takeOver(path);
        forgetPidOfAnotherProcess();
    }

    /** The postmaster of these files, if it runs. */
    Optional<ProcessHandle> postmaster() {
        return pidFile().flatMap(file -> file.process());
    }

    /** The port of the running postmaster. */
    Optional<Integer> port() {
        return pidFile().map(PidFile::port).filter(port -> port > 0);
    }

    /** Whether the postmaster reports that it accepts connections. */
    boolean isReady() {
        return pidFile().map(file -> file.status().startsWith("ready")).orElse(false);
    }

    private void requireSameMajor() throws IOException {
        int found =
                Integer.parseInt(Files.readString(path.resolve("PG_VERSION")).strip());
        int wanted = binaries.major();
        if (found != wanted) {
            throw new DevServicesException(
                    "The data in " + path + " was created by Postgres " + found + ", and the service asks for "
                            + wanted + ". Ask for version " + found
                            + ", or delete the data with `mvn sync:clean` and start again.");
        }
    }

    /** In a folder beside the final one, so that a killed initdb does not leave something that looks like a cluster. */
    private void initialise(UnprivilegedLaunch launch, Durability durability) throws IOException {
        if (Files.isDirectory(path)) {
            try (var files = Files.list(path)) {
                if (files.findAny().isPresent()) {
                    throw new DevServicesException(path + " is neither empty nor a Postgres data directory."
                            + " Choose another dataDirectory, or empty this one.");
                }
            }
        }
        sweepHalves();
        // With a unique name: an initdb whose starter was killed may still be writing to its folder.
        Path half = path.resolveSibling(path.getFileName() + HALF + UUID.randomUUID());
        Path passwordFile = path.resolveSibling(half.getFileName() + ".password");
        Files.createDirectories(half);
        launch.takeOver(half);
        Files.writeString(passwordFile, PostgresServer.PASSWORD + "\n");
        launch.takeOver(passwordFile);
        try {
            String output = initdb(launch, durability, half, passwordFile, "C.UTF-8");
            if (output.contains("invalid locale")) {
                output = initdb(launch, durability, half, passwordFile, "C");
            }
            if (!Files.exists(half.resolve("global/pg_control"))) {
                throw new DevServicesException("initdb could not create " + path + ":\n" + output.strip() + "\n"
                        + FailureAdvice.on(output, path.getParent()));
            }
            Files.writeString(
                    half.resolve("postgresql.conf"),
                    "\ninclude_if_exists = '" + SETTINGS_FILE + "'\n",
                    StandardOpenOption.APPEND);
            Files.deleteIfExists(path);
            Files.move(half, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(passwordFile);
            FileTree.delete(half);
        }
    }

    private void sweepHalves() throws IOException {
        Files.createDirectories(path.getParent());
        try (Stream<Path> siblings = Files.list(path.getParent())) {
            for (Path sibling : (Iterable<Path>) siblings::iterator) {
                if (sibling.getFileName().toString().startsWith(path.getFileName() + HALF)) {
                    try {
                        FileTree.delete(sibling);
                    } catch (DirectoryNotEmptyException stillWrittenTo) {
                        // The next start removes it.
                    }
                }
            }
        }
    }

    private String initdb(
            UnprivilegedLaunch launch, Durability durability, Path target, Path passwordFile, String characterType)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + target,
                "--username=" + PostgresServer.USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // Sorts by code point and knows all letters: the same on every machine.
                "--lc-collate=C",
                "--lc-ctype=" + characterType,
                "--lc-messages=C",
                "--lc-monetary=C",
                "--lc-numeric=C",
                "--lc-time=C"));
        if (durability == Durability.FAST) {
            command.add("--no-sync");
        }
        ProcessBuilder builder = new ProcessBuilder(launch.wrap(command)).redirectErrorStream(true);
        withoutPostgresVariables(builder.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A PGDATA or PGPORT of the user's shell must not reach our servers. */
    static void withoutPostgresVariables(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.put("LC_ALL", "C");
    }

    /**
     * After a reboot the pid in postmaster.pid may belong to any process, and Postgres would refuse to start. A dead
     * pid is left to Postgres, which checks more (shared memory that children of a killed postmaster still use).
     */
    private void forgetPidOfAnotherProcess() throws IOException {
        Optional<PidFile> file = pidFile();
        if (file.isPresent()
                && file.get().process().isEmpty()
                && ProcessHandle.of(file.get().pid())
                        .filter(ProcessIdentity::isAlive)
                        .isPresent()) {
            Files.deleteIfExists(path.resolve("postmaster.pid"));
        }
    }

    static void preload() {
        new PidFile(Path.of("/"), 0, Instant.EPOCH, 0, "").process();
    }

    private Optional<PidFile> pidFile() {
        try {
            List<String> lines = Files.readAllLines(path.resolve("postmaster.pid"));
            if (lines.size() < 3) {
                return Optional.empty();
            }
            return Optional.of(new PidFile(
                    path,
                    Long.parseLong(lines.get(0).strip()),
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
                    lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0,
                    lines.size() > 7 ? lines.get(7).strip() : ""));
        } catch (IOException | NumberFormatException absentOrHalfWritten) {
            return Optional.empty();
        }
    }

    /** The relevant lines of postmaster.pid. */
    private record PidFile(Path path, long pid, Instant startedAt, int port, String status) {

        Optional<ProcessHandle> process() {
            // Postgres records the time a moment after the operating system did.
            return ProcessHandle.of(pid)
                    .filter(ProcessIdentity::isAlive)
                    .filter(process -> Duration.between(ProcessIdentity.startOf(process), startedAt)
                                    .abs()
                                    .compareTo(CLOCK_TOLERANCE)
                            <= 0)
                    .filter(process -> process.info()
                            .arguments()
                            .map(arguments -> List.of(arguments).contains(path.toString()))
                            .orElse(true));
        }
    }
}
