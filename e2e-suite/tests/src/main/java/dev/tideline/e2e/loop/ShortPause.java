package dev.tideline.e2e.loop;

import java.util.concurrent.TimeUnit;

/** A short pause between two looks at a database. */
public final class ShortPause {

    private static final long MILLIS = 20;

    private ShortPause() {}

    /** Waits 20 ms. */
    public static void take() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(MILLIS);
    }
}
