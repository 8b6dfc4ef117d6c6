package dev.tideline.sync.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts the work of this runtime, and records it where all runtimes are summed up. Safe for use by many threads. */
public final class WorkMeter implements SyncListener {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LongAdder requests = new LongAdder();
    private final Map<String, LongAdder> rows = new ConcurrentHashMap<>();
    private final AtomicLong written = new AtomicLong();

    @Override
    public void copied(ExternalDatabase target, Mapping mapping, long count, long total) {
        brought(mapping, count);
    }

    @Override
    public void applied(ExternalDatabase target, Mapping mapping, long count, long gone, long cursor) {
        brought(mapping, count);
    }

    @Override
    public void requestDone(String tenant) {
        requests.increment();
    }

    private void brought(Mapping mapping, long count) {
        rows.computeIfAbsent(mapping.name(), name -> new LongAdder()).add(count);
    }

    /** Rows delivered, by mapping. */
    public Map<String, Long> rows() {
        Map<String, Long> now = new TreeMap<>();
        rows.forEach((mapping, count) -> now.put(mapping, count.sum()));
        return now;
    }

    /** Records any work since the last call. For one thread. */
    void write(Connection source, int process) throws SQLException {
        Map<String, Long> now = rows();
        long done = requests.sum();
        long sum = done + now.values().stream().mapToLong(Long::longValue).sum();
        if (sum == written.get()) {
            return;
        }
        try {
            Jdbc.update(source, SqlTemplate.text("6-status/add-work"), done, JSON.writeValueAsString(now), process);
            written.set(sum);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of numbers can be written", e);
        }
    }
}
