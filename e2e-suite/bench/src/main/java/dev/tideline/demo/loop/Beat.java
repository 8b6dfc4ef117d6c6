package dev.tideline.demo.loop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A steady pace: late beats are made up for. For one thread. */
public final class Beat {

    private final long periodNanos;
    private final long start = System.nanoTime();
    private long beats;

    private Beat(long periodNanos) {
        this.periodNanos = periodNanos;
    }

    /**
     * @param period from beat to beat
     */
    public static Beat every(Duration period) {
        return new Beat(period.toNanos());
    }

    /** Waits for the next beat; does not wait if it is due. */
    public void await() throws InterruptedException {
        beats++;
        long left = start + beats * periodNanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
