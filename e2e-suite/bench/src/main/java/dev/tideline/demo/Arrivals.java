package dev.tideline.demo;

import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the runtime brings to each tenant. Safe for use by many threads. */
final class Arrivals implements SyncListener {

    private final Map<String, LongAdder> copied = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> applied = new ConcurrentHashMap<>();
    private final LongAdder copiesDone = new LongAdder();

    @Override
    public void copied(ExternalDatabase target, Mapping mapping, long rows, long total) {
        count(copied, target, rows);
    }

    @Override
    public void copyFinished(ExternalDatabase target, Mapping mapping, long total) {
        copiesDone.increment();
    }

    @Override
    public void applied(ExternalDatabase target, Mapping mapping, long rows, long gone, long cursor) {
        count(applied, target, rows);
    }

    /** How many first copies, of one mapping each, are whole. */
    long copiesDone() {
        return copiesDone.sum();
    }

    /** Rows of first copies. */
    long copied(String tenant) {
        return sum(copied, tenant);
    }

    /** Changed rows, deleted ones too; a row that changed several times between two batches counts once. */
    long applied(String tenant) {
        return sum(applied, tenant);
    }

    private static void count(Map<String, LongAdder> counts, ExternalDatabase target, long rows) {
        counts.computeIfAbsent(target.tenant(), tenant -> new LongAdder()).add(rows);
    }

    private static long sum(Map<String, LongAdder> counts, String tenant) {
        LongAdder count = counts.get(tenant);
        return count == null ? 0 : count.sum();
    }
}
