package dev.tideline.sync.verify;

import dev.tideline.sync.thread.DaemonThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Runs the same work on both sides at once. When one side fails, the other is aborted, and the first failure is thrown.
 */
final class BothSides {

    private BothSides() {}

    record Results<T>(T source, T target) {}

    /**
     * @param abortSource ends the source's work from another thread
     * @param abortTarget ends the target's
     */
    static <T> Results<T> run(Supplier<T> source, Supplier<T> target, Runnable abortSource, Runnable abortTarget)
            throws InterruptedException {
        AtomicReference<RuntimeException> first = new AtomicReference<>();
        ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("tideline-verify-target"));
        try {
            CompletableFuture<T> targetWork =
                    CompletableFuture.supplyAsync(() -> guarded(target, first, abortSource), thread);
            T fromSource = guarded(source, first, abortTarget);
            T fromTarget = targetWork.get();
            if (first.get() != null) {
                throw first.get();
            }
            return new Results<>(fromSource, fromTarget);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the target's side failed", e.getCause());
        } catch (InterruptedException e) {
            abortTarget.run();
            throw e;
        } finally {
            thread.shutdown();
        }
    }

    private static <T> T guarded(Supplier<T> work, AtomicReference<RuntimeException> first, Runnable abortOther) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (first.compareAndSet(null, e)) {
                abortOther.run();
            }
            return null;
        }
    }
}
