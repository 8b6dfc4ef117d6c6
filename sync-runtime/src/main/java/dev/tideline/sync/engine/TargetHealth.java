package dev.tideline.sync.engine;

import dev.tideline.sync.loop.Backoff;
import dev.tideline.sync.target.ExternalDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which targets failed lately, and when each may be tried again. Holds failing targets only. Safe for use by many
 * threads.
 */
final class TargetHealth {

    private record Failing(int failures, long retryAtNanos) {}

    private final Map<String, Failing> failing = new ConcurrentHashMap<>();
    private final Backoff backoff;
    private final LongSupplier nanoTime;

    TargetHealth(Backoff backoff, LongSupplier nanoTime) {
        this.backoff = backoff;
        this.nanoTime = nanoTime;
    }

    /** How long a target has to be left alone; empty if it may be tried. */
    Optional<Duration> pause(ExternalDatabase target) {
        Failing state = failing.get(key(target));
        long left = state == null ? 0 : state.retryAtNanos - nanoTime.getAsLong();
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    void worked(ExternalDatabase target) {
        failing.remove(key(target));
    }

    /** One more failure in a row. */
    Failure failed(ExternalDatabase target) {
        Failing state = failing.compute(key(target), (key, before) -> {
            int failures = before == null ? 1 : before.failures + 1;
            return new Failing(
                    failures, nanoTime.getAsLong() + backoff.delay(failures).toNanos());
        });
        return new Failure(state.failures, Duration.ofNanos(state.retryAtNanos - nanoTime.getAsLong()));
    }

    /**
     * @param failures in a row
     * @param retry how long until the next try
     */
    record Failure(int failures, Duration retry) {}

    /** A target whose address changed is another one: a corrected password is tried at once. */
    private static String key(ExternalDatabase target) {
        return target.tenant() + '\n' + target.name() + '\n' + target.url();
    }
}
