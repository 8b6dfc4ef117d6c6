package dev.tideline.sync.engine;

import static dev.tideline.sync.config.DurationText.seconds;

import dev.tideline.sync.error.SyncException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Logs the failures of external databases and mappings without flooding the log: each one's first, second, fourth,
 * eighth failure in a row, and so on; and of many, only a few lines a minute and then their number. Safe for use by many
 * threads.
 */
final class FailureLog {

    static final int MOST_LINES = 50;
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Consumer<String> log;
    private final LongSupplier nanoTime;
    private long periodBegan; // guarded by this, as are the next two
    private int lines;
    private int leftOut;

    FailureLog(Consumer<String> log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.periodBegan = nanoTime.getAsLong();
    }

    synchronized void failed(SyncException e, TargetHealth.Failure failure) {
        if (Integer.bitCount(failure.failures()) == 1) {
            failed("%s (try %d, next in %s)".formatted(e.getMessage(), failure.failures(), seconds(failure.retry())));
        }
    }

    /** A failure that is not the target's own, so that it has no number. */
    synchronized void failed(String message) {
        beginPeriod();
        if (lines < MOST_LINES) {
            lines++;
            log.accept(message);
        } else if (leftOut++ == 0) {
            log.accept("more failures of external databases are only counted for a while; \"status\" lists them");
        }
    }

    private void beginPeriod() {
        long now = nanoTime.getAsLong();
        if (now - periodBegan < PERIOD.toNanos()) {
            return;
        }
        if (leftOut > 0) {
            log.accept("%d more failures of external databases; \"status\" lists them".formatted(leftOut));
        }
        periodBegan = now;
        lines = 0;
        leftOut = 0;
    }
}
