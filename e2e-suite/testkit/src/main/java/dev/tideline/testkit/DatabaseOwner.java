package dev.tideline.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that owns a test's database, identified by its machine (and, on Linux, the boot and the pid namespace),
 * its pid and its start time: only if all of these show that it is gone, its databases are leftovers.
 *
 * @param machine hash that identifies machine, boot and namespace, in base 36
 * @param startedSeconds when it started, in seconds since 1970; 0 if unknown
 */
record DatabaseOwner(String machine, long pid, long startedSeconds) {
    /** The start time is derived from the clock, which may be set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    static DatabaseOwner thisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new DatabaseOwner(thisMachine(), self.pid(), started(self));
    }

    /** Whether the process is certainly gone. Unknown, and so false, for a process of another machine. */
    boolean isGone() {
        if (!machine.equals(thisMachine())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return true;
        }
        long now = started(process.get());
        return now != 0 && startedSeconds != 0 && Math.abs(now - startedSeconds) > TOLERANCE.toSeconds();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
    }

    private static String thisMachine() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown";
        }
        return Integer.toUnsignedString((host + bootId() + pidNamespace()).hashCode(), 36);
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
        } catch (IOException e) {
            return ""; // not Linux: the host's name has to do
        }
    }

    private static String pidNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
