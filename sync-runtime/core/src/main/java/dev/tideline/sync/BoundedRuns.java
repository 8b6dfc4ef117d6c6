package dev.tideline.sync;

import dev.tideline.sync.loop.Await;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.runtime.SyncPipeline;
import java.time.Duration;

/** Runs a stage for a limited time, besides whatever else runs it. Safe for use by many threads. */
final class BoundedRuns {

    /** The longest run, even if no limit is given. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final SyncRuntime runtime;
    private final SyncPipeline pipeline;
    private int count;

    BoundedRuns(SyncRuntime runtime, SyncPipeline pipeline) {
        this.runtime = runtime;
        this.pipeline = pipeline;
    }

    private interface Step {
        /** @return whether there is more to do at once */
        boolean more() throws Exception;
    }

    int sequence(Duration most) throws Exception {
        try {
            return run(most, () -> {
                count++;
                return runtime.sequenceOnce() instanceof Pass.Next.Busy busy && busy.more();
            });
        } finally {
            runtime.sequencedOnce();
        }
    }

    int poll(Duration most) throws Exception {
        long end = System.nanoTime() + (most.isZero() ? LONGEST : most).toNanos();
        return run(most, () -> {
            int taken = runtime.pollOnce();
            count += taken;
            if (taken > 0) {
                // Finished requests free places, and may create further requests.
                Await.until(pipeline.engine()::idle, Duration.ofMillis(5), Duration.ofNanos(end - System.nanoTime()));
            }
            return taken > 0;
        });
    }

    private int run(Duration most, Step step) throws Exception {
        long end = System.nanoTime() + (most.isZero() ? LONGEST : most).toNanos();
        while (true) {
            boolean more = step.more();
            long left = end - System.nanoTime();
            if (left <= 0 || !more && most.isZero()) {
                return count;
            }
            if (!more) {
                Await.until(() -> false, LOOK_AGAIN, Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
            }
        }
    }
}
