package dev.tideline.bench.loop;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One beat in every period, at a random moment: beats at fixed intervals could be in phase with somebody who polls at
 * fixed intervals, and be always early or always late. For one thread.
 */
public final class Pace {

    private final long periodNanos;
    private final Random lot;
    private final long start = System.nanoTime();
    private long beats;

    /**
     * @param perSecond beats in a second, at least 1
     * @param seed the same seed gives the same moments
     */
    public Pace(int perSecond, long seed) {
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.lot = new Random(seed);
    }

    /** Waits for the next beat; does not wait if it is due. */
    public void await() throws InterruptedException {
        long moment = beats * periodNanos + (long) (lot.nextDouble() * periodNanos);
        beats++;
        rest(start + moment - System.nanoTime());
    }

    /** Lets a time pass while something is measured. */
    public static void pass(Duration time) throws InterruptedException {
        rest(time.toNanos());
    }

    private static void rest(long nanos) throws InterruptedException {
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }
}
