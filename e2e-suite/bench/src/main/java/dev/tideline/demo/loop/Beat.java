package dev.tideline.demo.loop;

import java.util.concurrent.TimeUnit;

/** A steady pace: late beats are made up for. For one thread. */
public final class Beat {

    private final long periodNanos;
    private final long start = System.nanoTime();
    private long beats;

    private Beat(long periodNanos) {
        this.periodNanos = periodNanos;
    }

    /** @param perSecond beats in a second, at least 1 */
    public static Beat perSecond(int perSecond) {
        return new Beat(TimeUnit.SECONDS.toNanos(1) / perSecond);
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
