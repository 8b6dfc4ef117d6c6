package dev.tideline.collector.query;

import dev.tideline.collector.store.Ids;
import dev.tideline.collector.store.StoredSpan;
import dev.tideline.collector.store.TraceId;
import java.util.Comparator;
import java.util.List;

/**
 * A trace in one line.
 *
 * @param root the span that names it: the root, or the earliest span if the root was not received
 * @param rootReceived whether {@code root} really is the root
 * @param spans number of spans received
 * @param errors number of failed spans
 * @param services that took part, by name
 * @param startNanos earliest start, nanoseconds since 1970 UTC
 * @param durationNanos from there to the latest end
 */
public record TraceSummary(
        TraceId id,
        StoredSpan root,
        boolean rootReceived,
        int spans,
        int errors,
        List<String> services,
        long startNanos,
        long durationNanos) {

    private static final Comparator<StoredSpan> BY_START =
            (a, b) -> Long.compareUnsigned(a.startNanos(), b.startNanos());

    /** Summarizes the spans of one trace, at least one. */
    public static TraceSummary of(List<StoredSpan> spans) {
        StoredSpan first = spans.stream().min(BY_START).orElseThrow();
        StoredSpan root = spans.stream()
                .filter(span -> span.parentSpanId() == Ids.NONE)
                .min(BY_START)
                .orElse(first);
        long end = spans.stream().mapToLong(StoredSpan::endNanos).max().orElse(0);
        return new TraceSummary(
                first.traceId(),
                root,
                root.parentSpanId() == Ids.NONE,
                spans.size(),
                (int) spans.stream().filter(StoredSpan::failed).count(),
                spans.stream()
                        .map(span -> span.origin().service())
                        .distinct()
                        .sorted()
                        .toList(),
                first.startNanos(),
                Math.max(0, end - first.startNanos()));
    }
}
