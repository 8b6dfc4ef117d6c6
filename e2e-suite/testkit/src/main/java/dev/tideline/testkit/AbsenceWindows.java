package dev.tideline.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long this process has watched for something to stay away. These are the only waits that take their whole time even
 * if all is well, so a suite should keep their sum small, and can check that. Counts each {@code expectNo…} and each check
 * of {@link During}, with the time that it took. Safe for use by several threads.
 *
 * <pre>{@code
 * System.out.println(AbsenceWindows.count() + " absence windows, " + AbsenceWindows.total().toMillis() + " ms");
 * }</pre>
 */
public final class AbsenceWindows {
    private static final LongAdder COUNT = new LongAdder();
    private static final LongAdder NANOS = new LongAdder();

    private AbsenceWindows() {}

    static void add(Duration window) {
        COUNT.increment();
        NANOS.add(window.toNanos());
    }

    /** The number of windows that have ended so far. */
    public static long count() {
        return COUNT.sum();
    }

    /** The sum of the lengths of the windows that have ended so far; concurrent windows count each. */
    public static Duration total() {
        return Duration.ofNanos(NANOS.sum());
    }
}
