package dev.tideline.sync.loop;

import java.time.Duration;

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
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Signal.pause(pause);
        }
        return true;
    }
}
