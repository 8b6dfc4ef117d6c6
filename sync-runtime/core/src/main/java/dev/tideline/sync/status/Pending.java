package dev.tideline.sync.status;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Changes that no pass has seen. A few are counted; a large number is estimated from the pages that they fill.
 *
 * @param byStream number of changes by stream
 * @param estimated whether they were not counted
 * @param oldest when the oldest of those counted was captured; null if there is none
 */
record Pending(Map<Integer, Long> byStream, boolean estimated, OffsetDateTime oldest) {

    /** Up to this number they are counted. */
    static final int COUNTED = 10_000;

    private static final String COUNT = SqlTemplate.text("6-status/pending");
    private static final String ESTIMATE = SqlTemplate.text("6-status/pending-estimate");

    private record Counted(int stream, long changes, OffsetDateTime oldest) {}

    static Pending read(Connection source) throws SQLException {
        List<Counted> counted = Jdbc.list(
                source,
                COUNT,
                row -> new Counted(row.getInt(1), row.getLong(2), row.getObject(3, OffsetDateTime.class)),
                COUNTED);
        OffsetDateTime oldest = counted.stream()
                .map(Counted::oldest)
                .filter(Objects::nonNull)
                .min(OffsetDateTime::compareTo)
                .orElse(null);
        long sum = counted.stream().mapToLong(Counted::changes).sum();
        boolean all = sum < COUNTED;
        long total = all ? sum : Math.max(sum, Jdbc.one(source, ESTIMATE, row -> row.getLong(1)));
        Map<Integer, Long> byStream = new HashMap<>();
        counted.forEach(c -> byStream.put(c.stream(), all ? c.changes() : c.changes() * total / sum));
        return new Pending(byStream, !all, oldest);
    }

    long of(int stream) {
        return byStream.getOrDefault(stream, 0L);
    }

    long total() {
        return byStream.values().stream().mapToLong(Long::longValue).sum();
    }
}
