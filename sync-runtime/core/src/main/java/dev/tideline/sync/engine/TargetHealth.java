package dev.tideline.sync.engine;

import dev.tideline.sync.loop.Backoff;
import dev.tideline.sync.target.ExternalDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which targets, and which mappings in them, failed recently, and when each may be tried again: a circuit that opens
 * with the first failure and is tried by one run at a time. Holds only what fails or is slow. Safe for use by many
 * threads.
 */
final class TargetHealth {

    /** Stands for a target as a whole. */
    static final String WHOLE = "";

    private record Failing(int failures, long retryAtNanos) {}

    private final Map<Key, Failing> failing = new ConcurrentHashMap<>();
    private final Map<ExternalDatabase, Lanes.Lane> slow = new ConcurrentHashMap<>();
    private final Backoff backoff;
    private final LongSupplier nanoTime;

    TargetHealth(Backoff backoff, LongSupplier nanoTime) {
        this.backoff = backoff;
        this.nanoTime = nanoTime;
    }

    /** How long a target has to be left alone; empty if it may be tried. */
    Optional<Duration> pause(ExternalDatabase target) {
        return pause(target, WHOLE);
    }

    /** How long a mapping in a target has to be left alone; empty if it may be tried. */
    Optional<Duration> pause(ExternalDatabase target, String mapping) {
        Failing state = failing.get(new Key(target, mapping));
        long left = state == null ? 0 : state.retryAtNanos - nanoTime.getAsLong();
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    void worked(ExternalDatabase target, String mapping) {
        failing.remove(new Key(target, mapping));
    }

    /** Records one more failure in a row. */
    Failure failed(ExternalDatabase target, String mapping) {
        Failing state = failing.compute(new Key(target, mapping), (key, before) -> {
            int failures = before == null ? 1 : before.failures + 1;
            return new Failing(
                    failures, nanoTime.getAsLong() + backoff.delay(failures).toNanos());
        });
        return new Failure(state.failures, Duration.ofNanos(state.retryAtNanos - nanoTime.getAsLong()));
    }

    /** The lane in which a target's next run starts. */
    Lanes.Lane lane(ExternalDatabase target) {
        return slow.getOrDefault(target, Lanes.Lane.FAST);
    }

    /** Sets the lane in which the next run starts. */
    void next(ExternalDatabase target, Lanes.Lane lane) {
        if (lane == Lanes.Lane.FAST) {
            slow.remove(target);
        } else {
            slow.put(target, lane);
        }
    }

    /**
     * @param failures in a row
     * @param retry time until the next try
     */
    record Failure(int failures, Duration retry) {}

    /** A target whose address changed is another key, so that a corrected password is tried at once. */
    private record Key(ExternalDatabase target, String mapping) {}
}
