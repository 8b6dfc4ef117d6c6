package dev.tideline.sync.request;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Threads that carry out claimed requests, and end when there is nothing to do. Safe for use by many threads. */
final class Places {

    /** When a request is tried again for which no thread could be started. */
    static final Duration NO_THREAD = Duration.ofSeconds(1);

    /** How long attempts in flight may take when this is closed. */
    private static final Duration LAST = Duration.ofSeconds(3);

    private final ThreadPoolExecutor threads;

    Places(int number, ThreadFactory factory) {
        this.threads =
                new ThreadPoolExecutor(number, number, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Has an attempt made soon.
     *
     * @param refused called at once, with the reason, if the machine has no thread to give; the attempt is not made then
     */
    void take(Runnable attempt, Consumer<String> refused) {
        try {
            threads.execute(attempt);
        } catch (OutOfMemoryError e) {
            refused.accept("no thread could be started: " + e.getMessage());
        }
    }

    boolean closed() {
        return threads.isShutdown();
    }

    /** Takes no more attempts. */
    void close() {
        threads.shutdown();
    }

    /** Waits up to 3 seconds for the attempts in flight. */
    void awaitLast() throws InterruptedException {
        threads.awaitTermination(LAST.toSeconds(), TimeUnit.SECONDS);
    }
}
