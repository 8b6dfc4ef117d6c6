package dev.tideline.testkit;

import java.time.Duration;
import org.awaitility.pollinterval.PollInterval;

/** Pauses that grow by half each time: quick to notice what comes at once, gentle on what takes long. */
record Backoff(Duration first, Duration longest) implements PollInterval {
    static final Backoff DEFAULT = new Backoff(Duration.ofMillis(10), Duration.ofMillis(250));

    @Override
    public Duration next(int pollCount, Duration previous) {
        if (pollCount <= 1 || previous.isZero()) {
            return first;
        }
        Duration next = previous.multipliedBy(3).dividedBy(2);
        return next.compareTo(longest) > 0 ? longest : next;
    }
}
