package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.process.LogFile;
import dev.tideline.devservices.process.ProcessIdentity;
import dev.tideline.devservices.process.UnprivilegedLaunch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Ends the server of a data directory, whoever started it, and waits until it is gone.
 *
 * @param launch how to run a program that may signal the server
 * @param limit for the end
 */
record PostgresShutdown(
        PostgresDataDirectory data,
        LogFile log,
        PostgresBinaries binaries,
        Supplier<UnprivilegedLaunch> launch,
        Duration limit) {

    /** Asks the server to end; does nothing if it does not run. */
    void stop(StopMode mode) {
        Optional<ProcessHandle> running = data.postmaster();
        if (running.isPresent()) {
            signal(mode, running.get().pid());
            awaitExit(List.of(running.get()), "after a " + mode.name().toLowerCase(Locale.ROOT) + " stop");
        }
    }

    /** Ends the server as a crash would; does nothing if it does not run. */
    void kill() {
        data.postmaster().ifPresent(postmaster -> {
            // All are listed before the parent dies: afterwards nobody knows whose children they were.
            List<ProcessHandle> family = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
            family.forEach(ProcessHandle::destroyForcibly);
            awaitExit(family, "after SIGKILL");
        });
    }

    /** Loads the classes that {@link #stop} needs. */
    static void preload() {
        Poll.untilTrue(Duration.ZERO, () -> ProcessIdentity.isAlive(ProcessHandle.current()));
        StopMode.FAST.signal();
        new PostgresShutdown(null, null, null, UnprivilegedLaunch::ofThisMachine, Duration.ZERO)
                .awaitExit(List.of(), "");
    }

    private void signal(StopMode mode, long pid) {
        List<String> command =
                List.of(binaries.program("pg_ctl").toString(), "kill", mode.signal(), Long.toString(pid));
        try {
            Process process = new ProcessBuilder(launch.get().wrap(command))
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!answer.isEmpty() && data.postmaster().isPresent()) {
                throw cannotStop(pid, answer, null);
            }
        } catch (IOException e) {
            throw cannotStop(pid, e.toString(), e);
        }
    }

    private DevServicesException cannotStop(long pid, String reason, Exception cause) {
        return new DevServicesException(
                "Cannot stop Postgres (pid " + pid + ") in " + data.path() + ": " + reason
                        + ". Stop it as the user that started it.",
                cause);
    }

    private void awaitExit(List<ProcessHandle> processes, String when) {
        if (!Poll.untilTrue(limit, () -> processes.stream().noneMatch(ProcessIdentity::isAlive))) {
            throw new DevServicesException("Postgres (pid " + processes.get(0).pid() + ") in " + data.path()
                    + " still runs " + limit.toSeconds() + " s " + when + ". See " + log.path() + ".");
        }
    }
}
