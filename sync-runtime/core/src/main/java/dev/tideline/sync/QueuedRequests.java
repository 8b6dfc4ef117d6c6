package dev.tideline.sync;

import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.status.StatusWatch;
import java.net.URI;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

/** Requests that are not done, including dead letters. Safe for use by many threads. */
public final class QueuedRequests {

    /** The states that {@link #page} accepts besides {@code all}. */
    public static final Set<String> STATES = Set.of("dead", "pending", "in_flight", "stale");

    private final SourceDatabase source;
    private final SyncPipeline pipeline;
    private final StatusWatch watch;

    QueuedRequests(SourceDatabase source, SyncPipeline pipeline, StatusWatch watch) {
        this.source = source;
        this.pipeline = pipeline;
        this.watch = watch;
    }

    /**
     * One request, without its body and headers, which may hold secrets.
     *
     * @param kind {@code sync} for a tenant's sync, {@code http} for a call
     * @param sender {@code application}, {@code webhook:<id>} or {@code alert:<id>}; null for a sync
     * @param url without user, path, query and fragment; null for a sync
     * @param mapping of a webhook's row; null for all others, as is its key
     * @param key texts of the key's columns; null if all rows of the mapping may have changed
     * @param state one of {@link #STATES}
     * @param lastTry null if it was not tried, or its tries are no longer kept
     */
    public record Request(
            long id,
            String kind,
            String sender,
            String tenant,
            String url,
            String mapping,
            List<String> key,
            String state,
            int attempts,
            String lastError,
            Try lastTry,
            OffsetDateTime createdAt,
            OffsetDateTime notBefore) {}

    /** One attempt at delivery. @param status of the answer; null if there was none */
    public record Try(OffsetDateTime endedAt, long durationMs, Integer status) {}

    /** The result of a retry or discard. */
    public enum Outcome {
        DONE,
        /** No dead letter has this id. */
        UNKNOWN,
        /** A request with the same effect is already waiting. */
        WAITS_ALREADY
    }

    /** A page, newest first. @param state one of {@link #STATES}, or {@code all} */
    public List<Request> page(String state, int limit, long offset) throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.list(
                    connection, SqlTemplate.text("3-dispatch/page"), QueuedRequests::request, state, limit, offset);
        }
    }

    /** Queues a dead letter for another try. */
    public Outcome retry(long id) throws SQLException {
        try {
            return changed(SqlTemplate.text("3-dispatch/revive"), id);
        } catch (SQLException e) {
            if (SqlState.UNIQUE_VIOLATION.is(e)) {
                return Outcome.WAITS_ALREADY;
            }
            throw e;
        }
    }

    /** Removes a dead letter for good. */
    public Outcome discard(long id) throws SQLException {
        return changed("DELETE FROM tideline.outgoing_request WHERE request_id = ? AND dead", id);
    }

    /** Queues all dead letters for another try. @return how many */
    public int retryAll() throws SQLException {
        int retried = 0;
        for (long id : deadSyncs()) {
            // One that waits already has the same effect.
            retried += retry(id) == Outcome.DONE || discard(id) == Outcome.DONE ? 1 : 0;
        }
        try (Connection connection = source.connection()) {
            retried += new OutgoingRequests(connection).retryAll();
        }
        changed();
        return retried;
    }

    /** Removes all dead letters for good. @return how many */
    public int discardAll() throws SQLException {
        int discarded;
        try (Connection connection = source.connection()) {
            discarded = Jdbc.update(connection, "DELETE FROM tideline.outgoing_request WHERE dead");
        }
        changed();
        return discarded;
    }

    private List<Long> deadSyncs() throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.list(
                    connection,
                    "SELECT request_id FROM tideline.outgoing_request WHERE dead AND kind = 'sync'",
                    row -> row.getLong(1));
        }
    }

    private Outcome changed(String sql, long id) throws SQLException {
        try (Connection connection = source.connection()) {
            if (Jdbc.update(connection, sql, id) == 0) {
                return Outcome.UNKNOWN;
            }
        }
        changed();
        return Outcome.DONE;
    }

    private void changed() throws SQLException {
        pipeline.pollerSignal().ring();
        watch.refresh();
    }

    private static Request request(ResultSet row) throws SQLException {
        boolean claimed = row.getBoolean("claimed");
        String state = row.getBoolean("dead")
                ? "dead"
                : !claimed ? "pending" : row.getBoolean("stale") ? "stale" : "in_flight";
        Array key = row.getArray("key");
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Request(
                row.getLong("request_id"),
                row.getString("kind"),
                row.getString("sender"),
                row.getString("tenant"),
                shown(row.getString("url")),
                row.getString("mapping"),
                key == null ? null : List.of((String[]) key.getArray()),
                state,
                row.getInt("attempts"),
                row.getString("last_error"),
                ended == null
                        ? null
                        : new Try(ended, row.getLong("duration_ms"), row.getObject("status", Integer.class)),
                row.getObject("enqueued_at", OffsetDateTime.class),
                finite(row.getObject("not_before", OffsetDateTime.class)));
    }

    private static OffsetDateTime finite(OffsetDateTime time) {
        return OffsetDateTime.MIN.equals(time) || OffsetDateTime.MAX.equals(time) ? null : time;
    }

    /** Scheme, host and port. Any other part may contain a token; with many services, the path does. */
    private static String shown(String url) {
        if (url == null) {
            return null;
        }
        try {
            URI uri = URI.create(url);
            return uri.getHost() == null
                    ? "(an address that cannot be read)"
                    : uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException e) {
            return "(an address that cannot be read)";
        }
    }
}
