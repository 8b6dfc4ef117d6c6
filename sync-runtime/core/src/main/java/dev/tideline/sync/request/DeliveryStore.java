package dev.tideline.sync.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The HTTP requests in the source. Claims and ends commit asynchronously: if a crash of the source undoes one, the
 * request is sent again with the same {@code webhook-id}. Safe for use by many threads.
 */
record DeliveryStore(SourceDatabase source) {

    private static final String CLAIM = SqlTemplate.text("9-request/claim");
    private static final String END = SqlTemplate.text("9-request/end");
    private static final String EXPIRE = SqlTemplate.text("9-request/expire");
    private static final String TRIM = SqlTemplate.text("9-request/trim-attempts");
    private static final String RETURN = SqlTemplate.text("9-request/return");

    /** The advisory lock of the runtime that claims; an arbitrary number that nobody else uses. */
    private static final long LOCK_KEY = 7_415_531_104_021L;

    /** Attempts that are kept. */
    private static final long ATTEMPTS_KEPT = 10_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The result of a claim.
     *
     * @param dropped how many other requests were superseded by newer ones
     */
    record Claimed(List<Delivery> deliveries, long dropped) {}

    /**
     * Claims requests that are due, unless another runtime is claiming.
     *
     * @param atHost how many may be in flight to one host, over all runtimes
     */
    Claimed claim(List<String> senders, Duration lease, String claimant, int atHost, int limit) throws SQLException {
        List<Delivery> deliveries = new ArrayList<>();
        long[] dropped = new long[1];
        try (Connection connection = source.bookkeeping()) {
            Jdbc.inTransaction(connection, () -> {
                // A separate statement, so that the next one's snapshot sees what the lock's last holder committed.
                boolean ours =
                        Jdbc.one(connection, "SELECT pg_try_advisory_xact_lock(?)", row -> row.getBoolean(1), LOCK_KEY);
                return ours
                        ? Jdbc.list(
                                connection,
                                CLAIM,
                                row -> {
                                    dropped[0] = row.getLong(10);
                                    return row.getObject(1) == null || deliveries.add(delivery(row));
                                },
                                senders,
                                lease.toMillis() + " milliseconds",
                                claimant,
                                atHost,
                                limit)
                        : List.of();
            });
        }
        return new Claimed(deliveries, dropped[0]);
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong(1),
                row.getLong(2),
                row.getInt(3),
                row.getString(5),
                new Message(
                        row.getString(4),
                        row.getString(6),
                        row.getString(7) == null ? "{}" : row.getString(7),
                        headers(row.getString(8))),
                row.getString(9));
    }

    private static Map<String, String> headers(String json) {
        try {
            return json == null ? Map.of() : JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the function that enqueues takes nothing else", e);
        }
    }

    /** Records the outcomes of attempts. */
    void end(Collection<Delivery.Ended> all) throws SQLException {
        List<Delivery.Ended> ended = List.copyOf(all);
        try (Connection connection = source.bookkeeping()) {
            Jdbc.update(
                    connection,
                    END,
                    texts(ended, e -> e.delivery().requestId()),
                    texts(ended, e -> e.delivery().fence()),
                    texts(ended, e -> e.outcome().took().toMillis()),
                    texts(ended, e -> e.outcome().status().orElse(null)),
                    texts(ended, e -> e.outcome().error().orElse(null)),
                    texts(ended, Delivery.Ended::retryMillis),
                    texts(ended, Delivery.Ended::dead));
        }
    }

    private static List<String> texts(List<Delivery.Ended> ended, Function<Delivery.Ended, Object> value) {
        List<String> texts = new ArrayList<>(ended.size());
        ended.forEach(e -> {
            Object given = value.apply(e);
            texts.add(given == null ? null : given.toString());
        });
        return texts;
    }

    /** Makes requests whose lease has expired claimable again. */
    void expire() throws SQLException {
        note(connection -> Jdbc.update(connection, EXPIRE));
    }

    /** Removes the oldest attempts. */
    void trim() throws SQLException {
        note(connection -> Jdbc.update(connection, TRIM, ATTEMPTS_KEPT));
    }

    /** Gives back requests that were claimed but not tried. */
    void giveBack(String claimant, Collection<Delivery> untried) throws SQLException {
        List<String> ids =
                untried.stream().map(d -> String.valueOf(d.requestId())).toList();
        note(connection -> Jdbc.update(connection, RETURN, claimant, ids));
    }

    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    private void note(Work work) throws SQLException {
        try (Connection connection = source.bookkeeping()) {
            work.run(connection);
        }
    }
}
