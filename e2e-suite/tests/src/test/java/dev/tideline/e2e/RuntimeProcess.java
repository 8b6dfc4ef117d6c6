package dev.tideline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A runtime in its own JVM. Closing kills it if it still runs. */
public final class RuntimeProcess implements AutoCloseable {

    /** The contract's limit from SIGTERM to the end, with room for a busy machine. */
    private static final long STOP_SECONDS = 15;

    private final Process process;
    private final Path log;

    RuntimeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with SIGKILL and returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Asks it to end, like a service manager (SIGTERM).
     *
     * @return its exit code
     * @throws IllegalStateException if it does not end in time, or ended by itself before
     */
    public int stop() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "the runtime has ended by itself with " + process.exitValue() + ": " + log());
        }
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("the runtime did not end within " + STOP_SECONDS + " s: " + log());
        }
        return process.exitValue();
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "its log " + log + " cannot be read: " + e;
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
