package dev.tideline.testkit.time;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Where a wait gets its time from: the running clock ({@link #system()}), or one that a test moves ({@link ManualTime}).
 * Implementations are safe for use by several threads.
 */
public interface TimeSource {

    /**
     * A monotonic reading, as {@link System#nanoTime()} gives.
     *
     * @return nanoseconds since an arbitrary origin
     */
    long nanoTime();

    /**
     * Lets a pause between two attempts begin.
     *
     * @param planned the length of the pause, zero or more
     * @return what the caller has to wait in real time: all of it for a running clock, nothing for one that was just
     *     moved on by {@code planned}
     */
    Duration pause(Duration planned);

    /**
     * Waits for the end of an attempt that runs in another thread.
     *
     * @param attempt the attempt's outcome
     * @param atMost how long to wait for it
     * @param <T> what the attempt yields
     * @return what the attempt yielded
     * @throws TimeoutException if the attempt was still running at the end of {@code atMost}
     * @throws ExecutionException if the attempt failed
     * @throws InterruptedException if the waiting thread was interrupted
     */
    <T> T outcome(CompletableFuture<T> attempt, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException;

    /**
     * The running clock of this machine.
     *
     * @return the clock that every wait uses unless told otherwise
     */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
