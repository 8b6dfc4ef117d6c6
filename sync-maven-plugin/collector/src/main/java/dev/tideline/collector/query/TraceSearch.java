package dev.tideline.collector.query;

import dev.tideline.collector.store.Arrived;
import dev.tideline.collector.store.BoundedLog;
import dev.tideline.collector.store.StoredSpan;
import dev.tideline.collector.store.TraceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds traces. Thread-safe. */
public record TraceSearch(BoundedLog<StoredSpan> log) {

    /** The traces with a matching span, those with the newest matching span first. */
    public List<TraceSummary> find(Query<SpanView> query, int limit) {
        List<Arrived<StoredSpan>> all = log.snapshot();
        Map<TraceId, List<StoredSpan>> traces = new LinkedHashMap<>();
        for (int i = all.size() - 1; i >= 0 && traces.size() < limit; i--) {
            StoredSpan span = all.get(i).item();
            if (!traces.containsKey(span.traceId()) && query.matches(new SpanView(all.get(i)))) {
                traces.put(span.traceId(), new ArrayList<>());
            }
        }
        for (Arrived<StoredSpan> arrived : all) {
            List<StoredSpan> trace = traces.get(arrived.item().traceId());
            if (trace != null) {
                trace.add(arrived.item());
            }
        }
        return traces.values().stream().map(TraceSummary::of).toList();
    }

    /** All spans of a trace in order of arrival; empty if there is none. */
    public List<SpanView> spans(TraceId id) {
        return log.snapshot().stream()
                .filter(arrived -> arrived.item().traceId().equals(id))
                .map(SpanView::new)
                .toList();
    }
}
