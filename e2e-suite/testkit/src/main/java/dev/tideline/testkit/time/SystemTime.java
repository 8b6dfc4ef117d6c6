package dev.tideline.testkit.time;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

enum SystemTime implements TimeSource {
    INSTANCE;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Duration pause(Duration planned) {
        return planned;
    }

    @Override
    public <T> T outcome(CompletableFuture<T> attempt, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException {
        return attempt.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
