package dev.tideline.collector.query;

import dev.tideline.collector.store.Ids;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The spans of a trace as in a waterfall: each under its parent, siblings by start.
 *
 * @param rows every span exactly once
 */
public record TraceTree(List<Row> rows) {

    private static final Comparator<SpanView> BY_START = (a, b) -> {
        int byStart = Long.compareUnsigned(a.item().startNanos(), b.item().startNanos());
        return byStart != 0 ? byStart : Long.compare(a.sequence(), b.sequence());
    };

    /**
     * A line of the waterfall.
     *
     * @param depth number of ancestors above it
     * @param orphan whether its parent was not received
     */
    public record Row(SpanView span, int depth, boolean orphan) {}

    /** Arranges spans of one trace. Spans whose parents form a ring, which is invalid, become roots. */
    public static TraceTree of(List<SpanView> spans) {
        List<SpanView> sorted = spans.stream().sorted(BY_START).toList();
        Map<Long, SpanView> byId = new HashMap<>();
        sorted.forEach(span -> byId.putIfAbsent(span.item().spanId(), span));
        Map<SpanView, List<SpanView>> children = new HashMap<>();
        List<SpanView> roots = new ArrayList<>();
        for (SpanView span : sorted) {
            SpanView parent = byId.get(span.item().parentSpanId());
            if (parent == null || parent == span) {
                roots.add(span);
            } else {
                children.computeIfAbsent(parent, p -> new ArrayList<>()).add(span);
            }
        }
        List<Row> rows = new ArrayList<>(sorted.size());
        Set<SpanView> placed = new HashSet<>();
        roots.forEach(root -> place(root, children, placed, rows));
        sorted.stream().filter(span -> !placed.contains(span)).forEach(ringed -> place(ringed, children, placed, rows));
        return new TraceTree(rows);
    }

    /** Not recursive: a trace may be as deep as it has spans. */
    private static void place(
            SpanView root, Map<SpanView, List<SpanView>> children, Set<SpanView> placed, List<Row> rows) {
        Deque<Row> open = new ArrayDeque<>();
        open.push(new Row(root, 0, root.item().parentSpanId() != Ids.NONE));
        while (!open.isEmpty()) {
            Row row = open.pop();
            if (placed.add(row.span())) {
                rows.add(row);
                List<SpanView> below = children.getOrDefault(row.span(), List.of());
                for (int i = below.size() - 1; i >= 0; i--) {
                    open.push(new Row(below.get(i), row.depth() + 1, false));
                }
            }
        }
    }
}
