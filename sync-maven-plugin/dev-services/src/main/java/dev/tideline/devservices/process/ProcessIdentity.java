package dev.tideline.devservices.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Identifies a process unambiguously. Pids are reused, after a reboot even within seconds of uptime; so the start time
 * and a random token on the command line must match, too.
 *
 * @param startedAt according to the operating system
 * @param token a random text in one of the process's arguments
 */
public record ProcessIdentity(long pid, Instant startedAt, String token) {

    // The start time is computed from the boot time, which shifts by up to a second when the clock is set.
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    /** When a process started, in whole milliseconds; the epoch if the operating system does not tell. */
    public static Instant startOf(ProcessHandle process) {
        return Instant.ofEpochMilli(
                process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli());
    }

    /** The process, if it is alive and pid, start time and token all match. */
    public Optional<ProcessHandle> find() {
        return aliveSince(pid, startedAt).filter(this::carriesToken);
    }

    public boolean isAlive() {
        return find().isPresent();
    }

    /** Finds a live process by pid and start time, with a tolerance of two seconds; a zombie counts as dead. */
    public static Optional<ProcessHandle> aliveSince(long pid, Instant startedAt) {
        return ProcessHandle.of(pid)
                .filter(process -> isAlive(process)
                        && Duration.between(startOf(process), startedAt).abs().compareTo(CLOCK_TOLERANCE) <= 0);
    }

    /**
     * Whether a process runs; false also for a zombie, which may stay forever in a container whose first process does
     * not reap its children.
     */
    public static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException noProcFileSystemOrGone) {
            return false;
        }
    }

    /** Finds a process by its token alone, for when its starter died before it could record the pid. */
    public static Optional<ProcessHandle> withToken(String token) {
        return ProcessHandle.allProcesses()
                .filter(process -> carries(process, token) && isAlive(process))
                // A launcher in front of the service has the token, too, until it has become the service.
                .filter(process -> process.parent()
                        .filter(parent -> carries(parent, token))
                        .isEmpty())
                .findFirst();
    }

    /** Where arguments cannot be read (Windows), pid and start time have to do. */
    private boolean carriesToken(ProcessHandle process) {
        return carries(process, token)
                || (process.info().arguments().isEmpty() && !Files.isDirectory(Path.of("/proc/self")));
    }

    private static boolean carries(ProcessHandle process, String token) {
        return process.info()
                .arguments()
                .filter(arguments -> Arrays.stream(arguments).anyMatch(argument -> argument.contains(token)))
                .isPresent();
    }
}
