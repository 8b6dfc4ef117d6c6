package dev.tideline.testkit;

import dev.tideline.testkit.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/**
 * Runs the attempts of one wait outside the waiting thread, so that a hanging attempt can be abandoned. An abandoned
 * thread is interrupted and never used again: if it ignores the interrupt, the next attempt still runs at once. Used by
 * the waiting thread only.
 */
final class AttemptThread implements AutoCloseable {
    private final TimeSource time;
    private final String name;
    private ExecutorService executor;
    private volatile Thread thread;

    AttemptThread(TimeSource time, String name) {
        this.time = time;
        this.name = name;
    }

    /** An attempt exceeded its time; the stack trace is the attempt's at that moment. */
    static final class CutOff extends Exception {

        CutOff(String message, StackTraceElement[] stack) {
            super(message, null, false, true);
            setStackTrace(stack);
        }
    }

    /**
     * @throws CutOff if the attempt was still running after {@code atMost}
     * @throws ExecutionException if the attempt threw
     * @throws InterruptedException if the waiting thread was interrupted; the attempt is interrupted, too
     */
    <T> T run(Callable<T> attempt, Duration atMost) throws CutOff, ExecutionException, InterruptedException {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        if (executor == null) {
            executor = Executors.newSingleThreadExecutor(this::newThread);
        }
        executor.execute(() -> {
            try {
                outcome.complete(attempt.call());
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        try {
            return time.outcome(outcome, atMost);
        } catch (TimeoutException e) {
            StackTraceElement[] stack = thread.getStackTrace();
            close();
            throw new CutOff("an attempt was cut off after " + Shown.duration(atMost) + "; it was here", stack);
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }

    private Thread newThread(Runnable work) {
        Thread created = new Thread(work, "eventually: " + name);
        created.setDaemon(true);
        thread = created;
        return created;
    }

    @Override
    public void close() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }
}
