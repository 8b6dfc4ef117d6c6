package dev.tideline.sync.loop;

import java.time.Duration;
import java.util.function.IntFunction;

/** Waits for a condition that somebody else brings about. */
public final class Await {

    private Await() {}

    /** May query a database. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Checks at once, and then repeatedly.
     *
     * @return whether the condition held within the limit
     */
    public static boolean until(Condition condition, Duration pause, Duration limit) throws Exception {
        return until(condition, looks -> pause, limit);
    }

    /**
     * The same with growing pauses.
     *
     * @param pauses by the number of failed checks
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
