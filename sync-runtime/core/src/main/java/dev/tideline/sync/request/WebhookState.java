package dev.tideline.sync.request;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The state of a webhook.
 *
 * @param id digest of mapping and address; its requests have the sender {@code webhook:<id>}
 * @param waiting requests that wait for their turn or their next attempt; counted up to {@value WebhookFeed#WINDOW}
 * @param oldestWaitingAt null if none waits
 * @param lastError of the request that has waited longest; null if it was not tried
 * @param dead its dead letters; counted up to 10,000
 * @param behindSince when the first change without a request was captured; null if there is none
 */
public record WebhookState(
        String id,
        String mapping,
        long waiting,
        OffsetDateTime oldestWaitingAt,
        String lastError,
        long dead,
        OffsetDateTime behindSince) {

    private static final int DEAD = 10_000;

    private record Kept(WebhookState state, int stream, long cursor) {}

    /** All installed webhooks. */
    public static List<WebhookState> read(Connection source) throws SQLException {
        List<Kept> all = Jdbc.list(
                source,
                SqlTemplate.text("9-request/webhook-states"),
                row -> new Kept(
                        new WebhookState(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(5),
                                row.getObject(6, OffsetDateTime.class),
                                row.getString(7),
                                row.getLong(8),
                                null),
                        row.getInt(3),
                        row.getLong(4)),
                WebhookFeed.WINDOW,
                DEAD);
        List<WebhookState> states = new ArrayList<>();
        for (Kept kept : all) {
            states.add(kept.state()
                    .behind(Jdbc.first(
                                    source,
                                    SqlTemplate.of("9-request/webhook-behind")
                                            .with("ledger", "ledger_" + kept.stream())
                                            .fill(),
                                    row -> row.getObject(1, OffsetDateTime.class),
                                    kept.cursor())
                            .orElse(null)));
        }
        return states;
    }

    private WebhookState behind(OffsetDateTime since) {
        return new WebhookState(id, mapping, waiting, oldestWaitingAt, lastError, dead, since);
    }

    /** When the oldest change that its receiver lacks was captured; null if it has all. */
    public OffsetDateTime since() {
        return Stream.of(oldestWaitingAt, behindSince)
                .filter(time -> time != null)
                .min(OffsetDateTime::compareTo)
                .orElse(null);
    }

    /** Why it is behind, as far as the source knows. */
    public String because() {
        if (lastError != null) {
            return lastError;
        }
        return waiting > 0
                ? "none of its requests has been tried yet"
                : "no request has been made of its changes yet; if their rows cannot be read, the log of the runtime says why";
    }
}
