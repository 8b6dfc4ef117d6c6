package dev.tideline.testkit;

import dev.tideline.testkit.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.pollinterval.PollInterval;

/** Everything about a wait but the condition itself. */
record WaitSettings(
        String what,
        Duration limit,
        PollInterval pollInterval,
        List<FailFast> failFast,
        List<Class<? extends Throwable>> failOn,
        List<NearMisses> nearMisses,
        TimeSource time) {

    /** A condition under which waiting is pointless. */
    record FailFast(String reason, Callable<Boolean> condition) {}

    /** What came close; called once, when the wait has failed. */
    record NearMisses(String label, Callable<? extends Iterable<?>> source) {}

    /** The longest limit: it is never reached, and can be counted in nanoseconds. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);
    /** How long the look at the deadline may take: on a busy machine a healthy system needs a moment. */
    static final Duration LAST_CHECK = Duration.ofSeconds(2);

    static WaitSettings of(String what) {
        if (what.isBlank()) {
            throw new IllegalArgumentException("Say what is awaited: it is the first line of the failure");
        }
        return new WaitSettings(
                what, DEFAULT_LIMIT, Backoff.DEFAULT, List.of(), List.of(), List.of(), TimeSource.system());
    }

    WaitSettings withLimit(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("A wait cannot last less than no time: " + limit);
        }
        return new WaitSettings(what, bounded(limit), pollInterval, failFast, failOn, nearMisses, time);
    }

    static Duration bounded(Duration limit) {
        return limit.compareTo(FOREVER) > 0 ? FOREVER : limit;
    }

    WaitSettings withPollInterval(PollInterval pollInterval) {
        return new WaitSettings(what, limit, pollInterval, failFast, failOn, nearMisses, time);
    }

    WaitSettings withFailFast(FailFast added) {
        return new WaitSettings(what, limit, pollInterval, plus(failFast, added), failOn, nearMisses, time);
    }

    WaitSettings withFailOn(Class<? extends Throwable> added) {
        return new WaitSettings(what, limit, pollInterval, failFast, plus(failOn, added), nearMisses, time);
    }

    WaitSettings withNearMisses(NearMisses added) {
        return new WaitSettings(what, limit, pollInterval, failFast, failOn, plus(nearMisses, added), time);
    }

    WaitSettings withTime(TimeSource time) {
        return new WaitSettings(what, limit, pollInterval, failFast, failOn, nearMisses, time);
    }

    /** An error that no second attempt can cure, such as a missing class, ends the wait as well. */
    boolean isFatal(Throwable thrown) {
        return thrown instanceof Error && !(thrown instanceof AssertionError)
                || failOn.stream().anyMatch(type -> type.isInstance(thrown));
    }

    /** An attempt that was cut off earlier had hardly begun: a tenth of the limit, at least 250 ms and at most 1 s. */
    Duration shortestHang() {
        Duration tenth = limit.dividedBy(10);
        Duration atLeast = Duration.ofMillis(250);
        Duration atMost = Duration.ofSeconds(1);
        return tenth.compareTo(atLeast) < 0 ? atLeast : tenth.compareTo(atMost) > 0 ? atMost : tenth;
    }

    private static <E> List<E> plus(List<E> list, E added) {
        List<E> longer = new ArrayList<>(list);
        longer.add(added);
        return List.copyOf(longer);
    }
}
