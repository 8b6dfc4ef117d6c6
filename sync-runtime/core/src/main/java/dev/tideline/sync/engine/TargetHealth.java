package dev.tideline.sync.engine;

import dev.tideline.sync.loop.Backoff;
import dev.tideline.sync.target.ExternalDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which targets, and which mappings in them, failed lately, and when each may be tried again: a circuit that opens with
 * the first failure and is tried by one run at a time. Holds what fails or is slow, and nothing else. Safe for use by many
 * threads.
 */
final class TargetHealth {

    /** Stands for a target as a whole. */
    static final String WHOLE = "";

    private record Failing(int failures, long retryAtNanos) {}

    private final Map<Key, Failing> failing = new ConcurrentHashMap<>();
    private final Set<Key> slow = ConcurrentHashMap.newKeySet();
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

    /** One more failure in a row. */
    Failure failed(ExternalDatabase target, String mapping) {
        Failing state = failing.compute(new Key(target, mapping), (key, before) -> {
            int failures = before == null ? 1 : before.failures + 1;
            return new Failing(
                    failures, nanoTime.getAsLong() + backoff.delay(failures).toNanos());
        });
        return new Failure(state.failures, Duration.ofNanos(state.retryAtNanos - nanoTime.getAsLong()));
    }

    /** Whether the last run of a target failed as a whole, or took long. */
    boolean slow(ExternalDatabase target) {
        return failing.containsKey(new Key(target, WHOLE)) || slow.contains(new Key(target, WHOLE));
    }

    /** Its run took long, or did not. */
    void took(ExternalDatabase target, boolean tooLong) {
        if (tooLong) {
            slow.add(new Key(target, WHOLE));
        } else {
            slow.remove(new Key(target, WHOLE));
        }
    }

    /**
     * @param failures in a row
     * @param retry how long until the next try
     */
    record Failure(int failures, Duration retry) {}

    /** A target whose address changed is another one: a corrected password is tried at once. */
    private record Key(ExternalDatabase target, String mapping) {}
}
