package dev.tideline.sync.loop;

import java.time.Duration;
import java.util.function.IntFunction;

/** Waits for a condition that somebody else brings about. */
public final class Await {

    private Await() {}

    /** May ask a database. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Looks at once, and then again and again.
     *
     * @return whether it came to hold within the limit
     */
    public static boolean until(Condition condition, Duration pause, Duration limit) throws Exception {
        return until(condition, looks -> pause, limit);
    }

    /**
     * The same at pauses that grow.
     *
     * @param pauses by how often the condition did not hold
     */
    public static boolean until(Condition condition, Backoff pauses, Duration limit) throws Exception {
        return until(condition, pauses::delay, limit);
    }

    private static boolean until(Condition condition, IntFunction<Duration> pauses, Duration limit) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        for (int looks = 1; !condition.holds(); looks++) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Signal.pause(pauses.apply(looks));
        }
        return true;
    }
}
