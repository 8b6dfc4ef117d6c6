package dev.tideline.devservices.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A process that cannot be mistaken for another one. Pids are used again, after a reboot even within seconds of uptime;
 * so the start time and a random token on the command line must match too before the process counts as ours.
 *
 * @param pid process id
 * @param startedAt when the operating system says that it started
 * @param token a random text that stands in one of the process's arguments
 */
public record ProcessIdentity(long pid, Instant startedAt, String token) {

    // The start time is computed from the boot time, which shifts by up to a second when the clock is set.
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    /**
     * When a process started, in whole milliseconds.
     *
     * @param process the process
     * @return its start time; the epoch if the operating system does not tell
     */
    public static Instant startOf(ProcessHandle process) {
        return Instant.ofEpochMilli(
                process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli());
    }

    /** @return the process, if it is alive and pid, start time and token all match */
    public Optional<ProcessHandle> find() {
        return aliveSince(pid, startedAt).filter(this::carriesToken);
    }

    /** @return whether {@link #find()} finds it */
    public boolean isAlive() {
        return find().isPresent();
    }

    /**
     * Finds a live process by pid and start time.
     *
     * @param pid process id
     * @param startedAt its start time, compared with a tolerance of two seconds
     * @return the process; a zombie counts as dead
     */
    public static Optional<ProcessHandle> aliveSince(long pid, Instant startedAt) {
        return ProcessHandle.of(pid)
                .filter(process -> isAlive(process)
                        && Duration.between(startOf(process), startedAt).abs().compareTo(CLOCK_TOLERANCE) <= 0);
    }

    /**
     * Whether a process runs.
     *
     * @param process the process
     * @return false also for a zombie: in a container whose first process reaps nothing they stay for ever
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

    /**
     * Finds a process by its token alone, for when its starter died before it could note the pid.
     *
     * @param token the token
     * @return the process that carries it on its command line
     */
    public static Optional<ProcessHandle> withToken(String token) {
        return ProcessHandle.allProcesses()
                .filter(process -> carries(process, token) && isAlive(process))
                // A launcher in front of the service carries the token too, until it has become the service.
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
