package dev.tideline.sync.request;

import dev.tideline.sync.config.WebhookConfig;
import dev.tideline.sync.fetch.RowQuery;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.park.DataErrors;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns changes into requests: each key behind a webhook's cursor in the ledger, once, with its current row. The source
 * does this in one transaction together with the cursor, so that nothing is lost and no row passes through this
 * process. At most {@value #WINDOW} requests wait per webhook; while its receiver is unavailable, the other changes
 * stay in the ledger, where repeated changes of a key are one entry. Any runtime may do it. Used by one thread.
 */
public final class WebhookFeed implements Pass {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookFeed.class);

    private static final String LOCK = SqlTemplate.text("9-request/webhook-lock");
    private static final String RESET = SqlTemplate.text("9-request/webhook-reset");

    /** How many requests of one webhook may wait. */
    static final int WINDOW = 1_000;

    /** Rows that one transaction reads. */
    private static final int BATCH = 250;

    /** Requests of one webhook in flight. */
    static final int PARALLELISM = 8;

    /** The largest row that is sent, in bytes of JSON. */
    static final int LARGEST_ROW = 256 * 1024;

    private final SourceDatabase source;
    private final List<Mapping> mappings;
    private final List<WebhookConfig> webhooks;
    private final LongSupplier layoutVersion;
    private final Runnable made;

    /**
     * @param layoutVersion that the mappings belong to; nothing is done while another one is installed
     * @param made called when there are new requests
     */
    public WebhookFeed(
            SourceDatabase source,
            List<Mapping> mappings,
            List<WebhookConfig> webhooks,
            LongSupplier layoutVersion,
            Runnable made) {
        this.source = source;
        this.mappings = mappings;
        this.webhooks = List.copyOf(webhooks);
        this.layoutVersion = layoutVersion;
        this.made = made;
    }

    private record Position(long sequenceId, int stream, String known, String current, int waiting) {}

    private record Produced(long entries, long requests) {}

    @Override
    public Next runOnce() throws SQLException {
        long work = 0;
        boolean more = false;
        SQLException failure = null;
        for (WebhookConfig webhook : webhooks) {
            Produced produced;
            try {
                produced = produce(webhook, BATCH);
            } catch (SQLException e) { // the other webhooks continue
                LOG.debug("webhook of mapping {} waits", webhook.mapping(), e);
                failure = e;
                continue;
            }
            work += produced.entries();
            more |= produced.entries() == BATCH;
            if (produced.requests() > 0) {
                made.run();
            }
        }
        if (failure != null) {
            throw failure;
        }
        return work > 0 ? new Next.Busy(work, more) : new Next.Idle();
    }

    /**
     * A row that cannot be read is found by bisection, and becomes a dead letter without a row. If no row can be read
     * (a column is gone, a right was revoked), the changes wait.
     */
    private Produced produce(WebhookConfig webhook, int limit) throws SQLException {
        try {
            return inTransaction(webhook, limit, true);
        } catch (SQLException e) {
            if (!DataErrors.mayBe(e)) {
                throw e;
            }
            if (limit > 1) {
                return produce(webhook, limit / 2);
            }
            if (DataErrors.mayBeTheTables(e)) {
                inTransaction(webhook, 0, true); // fails in the same way if the table is at fault
            }
            LOG.warn(
                    "webhook of mapping {}: a row cannot be read and becomes a dead letter: {}",
                    webhook.mapping(),
                    e.getMessage());
            return inTransaction(webhook, limit, false);
        }
    }

    private Produced inTransaction(WebhookConfig webhook, int limit, boolean withRow) throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.inTransaction(connection, () -> {
                Optional<Position> found = Jdbc.first(
                        connection,
                        LOCK,
                        row -> new Position(
                                row.getLong(1), row.getInt(2), row.getString(3), row.getString(4), row.getInt(5)),
                        WINDOW,
                        Senders.id(webhook),
                        layoutVersion.getAsLong());
                if (found.isEmpty()) {
                    return new Produced(0, 0);
                }
                Position at = found.get();
                if (!at.known().equals(at.current())) {
                    Jdbc.update(
                            connection,
                            RESET,
                            at.current(),
                            Senders.id(webhook),
                            webhook.url(),
                            host(webhook.url()),
                            PARALLELISM);
                }
                int room = Math.min(limit, WINDOW - at.waiting());
                return room < Math.min(limit, 1) ? new Produced(0, 0) : produce(connection, webhook, at, room, withRow);
            });
        }
    }

    private Produced produce(Connection connection, WebhookConfig webhook, Position at, int limit, boolean withRow)
            throws SQLException {
        Mapping mapping = mappings.stream()
                .filter(m -> m.name().equals(webhook.mapping()))
                .findFirst()
                .orElseThrow();
        // Numbered, so that none of our names can clash with one of the user's.
        String columns = Sql.numbered(mapping.columns(), (i, column) -> "s.c" + i + " AS " + column.sql());
        String sql = SqlTemplate.of("9-request/webhook-produce")
                .with("keys", Sql.numbered(mapping.key(), (i, column) -> "k" + i))
                .with("ledger", "ledger_" + at.stream())
                .with("after", at.sequenceId())
                .with("limit", limit)
                .with(
                        "operation",
                        withRow ? "CASE WHEN s.present IS NULL THEN 'delete' ELSE 'upsert' END" : "'unreadable'")
                .with(
                        "row",
                        withRow
                                ? "CASE WHEN s.present THEN (SELECT to_jsonb(v) FROM (SELECT " + columns + ") v) END"
                                : "CAST(NULL AS jsonb)")
                .with(
                        "error",
                        withRow ? "CAST(NULL AS text)" : "'the row could not be read; see the log of the runtime'")
                .with(
                        "joined",
                        withRow
                                ? "LEFT JOIN LATERAL (SELECT true, q.* FROM (" + new RowQuery(mapping).ofLedger("l")
                                        + ") q) s (present, " + Sql.numbered(mapping.columns(), (i, c) -> "c" + i)
                                        + ") ON true"
                                : "")
                .with("webhook", Sql.literal(Senders.id(webhook)))
                .with("mapping", Sql.literal(mapping.name()))
                .with(
                        "key",
                        "jsonb_build_object("
                                + Sql.numbered(mapping.key(), (i, c) -> Sql.literal(c.name()) + ", m.k" + i) + ")")
                .with("url", Sql.literal(webhook.url()))
                .with("host", Sql.literal(host(webhook.url())))
                .with("largest", LARGEST_ROW)
                .with("parallelism", PARALLELISM)
                .fill();
        return Jdbc.oneAsWritten(connection, sql, row -> new Produced(row.getLong(1), row.getLong(2)));
    }

    /** Host and port, as {@code tideline.enqueue_request} extracts them from an address. */
    static String host(String url) {
        return URI.create(url).getAuthority().toLowerCase(Locale.ROOT);
    }
}
