package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Awaits what a query gives. */
public final class Rows {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestDatabase database;
    private final String sql;

    private Rows(TestDatabase database, String sql) {
        this.database = database;
        this.sql = sql;
    }

    /** The rows of a query, columns separated by {@code |}, NULL as {@code NULL}; a table that is not there yet is awaited too. */
    public static Rows of(TestDatabase database, String sql) {
        return new Rows(database, sql);
    }

    /** Waits until the query gives exactly these rows, in this order. */
    public void become(String... expected) {
        Awaitility.await(sql)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .ignoreException(IllegalStateException.class)
                .untilAsserted(() -> assertThat(now()).containsExactly(expected));
    }

    /** What the query gives now. */
    public List<String> now() {
        return database.rows(sql).stream()
                .map(row -> row.stream().map(v -> v == null ? "NULL" : v).collect(Collectors.joining("|")))
                .toList();
    }
}
