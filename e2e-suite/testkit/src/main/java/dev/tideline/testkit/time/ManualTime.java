package dev.tideline.testkit.time;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until it is moved, for tests of code that waits. Pauses between attempts move it on by their
 * own length and take no real time, so that a wait of ten seconds ends at once and its message is the same every time.
 *
 * <pre>{@code
 * ManualTime time = new ManualTime();
 * Eventually.await("…").on(time).atMost(ofSeconds(10)).until(…);
 * }</pre>
 */
public final class ManualTime implements TimeSource {
    private final AtomicLong nanos = new AtomicLong();
    // Guarded by this.
    private CompletableFuture<Void> stuck = new CompletableFuture<>();

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    /** Moves the clock on, for instance from within an attempt, to define how long it took. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time does not run backwards: " + by);
        }
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public Duration pause(Duration planned) {
        advance(planned);
        return Duration.ZERO;
    }

    /**
     * Makes an attempt hang: the clock moves on to the end of the attempt's time, and the call itself only returns by
     * interrupt.
     *
     * @throws InterruptedException always, once the attempt is cut off
     */
    public void hang() throws InterruptedException {
        synchronized (this) {
            stuck.complete(null);
        }
        new CountDownLatch(1).await();
    }

    @Override
    public <T> T outcome(CompletableFuture<T> attempt, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Void> signal;
        synchronized (this) {
            signal = stuck;
        }
        CompletableFuture.anyOf(attempt.handle((value, failure) -> null), signal)
                .get();
        if (attempt.isDone()) {
            return attempt.get();
        }
        synchronized (this) {
            stuck = new CompletableFuture<>();
        }
        advance(atMost);
        throw new TimeoutException();
    }
}
