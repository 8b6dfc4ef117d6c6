package dev.tideline.testkit.time;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The clock of a wait: the system's ({@link #system()}), or one that a test moves ({@link ManualTime}). Implementations
 * are safe for use by several threads.
 */
public interface TimeSource {

    /** A monotonic reading in nanoseconds, like {@link System#nanoTime()}. */
    long nanoTime();

    /**
     * Begins a pause between two attempts.
     *
     * @param planned length of the pause, zero or more
     * @return how long the caller has to wait in real time: all of it for the system's clock, zero for a clock that was
     *     just moved on by {@code planned}
     */
    Duration pause(Duration planned);

    /**
     * Waits for the end of an attempt that runs in another thread.
     *
     * @throws TimeoutException if the attempt was still running after {@code atMost}
     * @throws ExecutionException if the attempt failed
     * @throws InterruptedException if the waiting thread was interrupted
     */
    <T> T outcome(CompletableFuture<T> attempt, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException;

    /** The system's clock, which waits use by default. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
