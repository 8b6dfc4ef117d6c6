package dev.tideline.sync;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * HTTP requests that are waiting, in flight or dead letters, and the results of the last tries. Used by one thread.
 */
public final class OutgoingRequests {

    private static final String LIST = SqlTemplate.text("9-request/list");
    private static final String ATTEMPTS = SqlTemplate.text("9-request/attempts");
    private static final String DEAD =
            "SELECT request_id FROM tideline.http_request WHERE dead AND request_id = ANY (CAST(CAST(? AS text[]) AS bigint[]))";
    private static final String RETRY = SqlTemplate.text("9-request/retry");
    private static final String DISCARD = SqlTemplate.text("9-request/discard");

    private final Connection source;

    /** @param source a connection whose schema {@code tideline} is this version's */
    public OutgoingRequests(Connection source) {
        this.source = source;
    }

    /** The state of a request. */
    public enum State {
        WAITING,
        IN_FLIGHT,
        /** A dead letter: given up after the last try, or because it can never be sent. */
        DEAD;

        private static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A request.
     *
     * @param messageId its {@code webhook-id}
     * @param sender {@code application}, {@code webhook:<id>} or {@code alert:<id>}
     * @param tenant of a webhook's row
     * @param host of the address, whose rest may hold secrets
     * @param body JSON
     * @param notBefore when it is tried next
     */
    public record Entry(
            long id,
            State state,
            String messageId,
            String sender,
            Optional<String> tenant,
            String host,
            Optional<String> body,
            int attempts,
            Optional<String> lastError,
            OffsetDateTime enqueuedAt,
            OffsetDateTime notBefore) {}

    /** One try. Without an error, the request was delivered; without a status, there was no answer. */
    public record Attempt(
            int attempt, OffsetDateTime endedAt, Duration took, Optional<Integer> status, Optional<String> error) {}

    /**
     * A page of requests, oldest first.
     *
     * @param state empty: of any
     * @param after only requests with a higher id
     */
    public List<Entry> list(Optional<State> state, long after, int limit) throws SQLException {
        String wanted = state.map(State::text).orElse(null);
        return Jdbc.list(
                source,
                LIST,
                row -> new Entry(
                        row.getLong("request_id"),
                        State.of(row.getString("state")),
                        row.getString("message_id"),
                        row.getString("sender"),
                        Optional.ofNullable(row.getString("tenant")),
                        row.getString("host"),
                        Optional.ofNullable(row.getString("body")),
                        row.getInt("attempts"),
                        Optional.ofNullable(row.getString("last_error")),
                        row.getObject("enqueued_at", OffsetDateTime.class),
                        row.getObject("not_before", OffsetDateTime.class)),
                wanted,
                wanted,
                after,
                limit);
    }

    /** The last tries of a request, newest first, as long as they are kept. Finished requests have them too. */
    public List<Attempt> attempts(long id) throws SQLException {
        return Jdbc.list(
                source,
                ATTEMPTS,
                row -> new Attempt(
                        row.getInt(1),
                        row.getObject(2, OffsetDateTime.class),
                        Duration.ofMillis(row.getLong(3)),
                        Optional.ofNullable(row.getObject(4, Integer.class)),
                        Optional.ofNullable(row.getString(5))),
                id);
    }

    /** Those of these ids that are dead letters. */
    public List<Long> dead(Collection<Long> ids) throws SQLException {
        return Jdbc.list(source, DEAD, row -> row.getLong(1), texts(ids));
    }

    /**
     * Queues dead letters for another try with the same {@code webhook-id}; other requests stay as they are.
     *
     * @return how many
     */
    public int retry(Collection<Long> ids) throws SQLException {
        return change(RETRY, texts(ids));
    }

    /** Queues all dead letters for another try. @return how many */
    public int retryAll() throws SQLException {
        return change(RETRY, null);
    }

    /** Removes dead letters for good; other requests stay as they are. @return how many */
    public int discard(Collection<Long> ids) throws SQLException {
        return change(DISCARD, texts(ids));
    }

    /** Removes all dead letters for good. @return how many */
    public int discardAll() throws SQLException {
        return change(DISCARD, null);
    }

    private int change(String sql, List<String> ids) throws SQLException {
        return Jdbc.update(source, sql, ids, ids);
    }

    private static List<String> texts(Collection<Long> ids) {
        return ids.stream().map(String::valueOf).toList();
    }
}
