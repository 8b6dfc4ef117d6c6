package dev.tideline.sync.status;

import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The samples of the last ten minutes, one a second. Safe for use by many threads. */
public final class History {

    private static final int KEPT = 600;
    private static final double LEAST_SECONDS = 2;

    private final Deque<Sample> samples = new ArrayDeque<>(); // guarded by this
    private Map<Integer, Summary.Work> before = Map.of(); // guarded by this

    /**
     * Rates since the previous point, and the state at this one.
     *
     * @param rowsPerSecond by mapping
     * @param pendingAgeMs how long the oldest change without a sequence id has waited
     * @param waiting requests that are neither done nor dead
     * @param waitingAgeMs how long the oldest of them has waited
     * @param backlog entries behind all targets' cursors
     */
    public record Point(
            OffsetDateTime at,
            double changesPerSecond,
            double requestsPerSecond,
            Map<String, Double> rowsPerSecond,
            long pending,
            long pendingAgeMs,
            long waiting,
            long waitingAgeMs,
            long backlog,
            long lagMs) {}

    /** What one reading found. */
    record Look(
            OffsetDateTime at,
            long changes,
            Map<Integer, Summary.Work> work,
            long pending,
            long pendingAgeMs,
            long waiting,
            long waitingAgeMs,
            long backlog,
            long lagMs) {}

    /** Adds a reading. Processes come and go, and the work of each grows while it lives. */
    synchronized void add(Look look, long nanos) {
        Sample last = samples.peekLast();
        long requests = last == null ? 0 : last.requests();
        Map<String, Long> rows = new HashMap<>(last == null ? Map.of() : last.rows());
        for (Map.Entry<Integer, Summary.Work> entry : look.work().entrySet()) {
            Summary.Work now = entry.getValue();
            Summary.Work then = before.getOrDefault(entry.getKey(), last == null ? now : new Summary.Work(0, Map.of()));
            requests += now.requests() - then.requests();
            now.rows()
                    .forEach((mapping, count) ->
                            rows.merge(mapping, count - then.rows().getOrDefault(mapping, 0L), Long::sum));
        }
        before = look.work();
        samples.add(new Sample(
                look.at(),
                nanos,
                look.changes(),
                requests,
                Map.copyOf(rows),
                look.pending(),
                look.pendingAgeMs(),
                look.waiting(),
                look.waitingAgeMs(),
                look.backlog(),
                look.lagMs()));
        if (samples.size() > KEPT) {
            samples.remove();
        }
    }

    /** The points, the oldest first. */
    public synchronized List<Point> points() {
        List<Point> points = new ArrayList<>(samples.size());
        Sample before = null;
        for (Sample now : samples) {
            if (before != null) {
                points.add(point(before, now));
            }
            before = now;
        }
        return points;
    }

    private static Point point(Sample before, Sample now) {
        double seconds = (now.nanos() - before.nanos()) / 1e9;
        Map<String, Double> rows = new TreeMap<>();
        now.rows().forEach((mapping, count) -> rows.put(mapping, perSecond(count - before.rowsOf(mapping), seconds)));
        return new Point(
                now.at(),
                perSecond(now.changes() - before.changes(), seconds),
                perSecond(now.requests() - before.requests(), seconds),
                rows,
                now.pending(),
                now.pendingAgeMs(),
                now.waiting(),
                now.waitingAgeMs(),
                now.backlog(),
                now.lagMs());
    }

    synchronized Rates rates(ToLongFunction<Sample> counted) {
        return new Rates(rate(counted, 10), rate(counted, 60), rate(counted, 300));
    }

    private Double rate(ToLongFunction<Sample> counted, double seconds) {
        Sample last = samples.peekLast();
        if (last == null) {
            return null;
        }
        Sample first = samples.stream()
                .filter(sample -> last.nanos() - sample.nanos() <= seconds * 1.05e9)
                .findFirst()
                .orElse(last);
        double passed = (last.nanos() - first.nanos()) / 1e9;
        return passed < LEAST_SECONDS
                ? null
                : (Double) perSecond(counted.applyAsLong(last) - counted.applyAsLong(first), passed);
    }

    /** Rounded to a tenth. A counter that went back, because a crash undid it, counts as unchanged. */
    private static double perSecond(long count, double seconds) {
        return Math.max(0, Math.round(count / seconds * 10) / 10.0);
    }
}
