package dev.tideline.sync.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.sync.config.AlertConfig;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sends alerts when something needs a person, and when it is over, once each. What was sent is recorded in the
 * transaction that creates the request, so that neither a restart nor a second runtime sends it again. Used by one
 * thread.
 */
public final class AlertWatch implements Pass {

    private static final String OBSERVE = SqlTemplate.text("9-request/alert-observe");
    private static final String SETTLE = SqlTemplate.text("9-request/alert-settle");
    private static final String SEND = SqlTemplate.text("9-request/alert-send");

    /** The advisory lock of the runtime that checks; an arbitrary number that nobody else uses. */
    private static final long LOCK_KEY = 7_415_531_104_022L;

    /** Subjects that one request lists; it also gives their total. */
    static final int NAMED = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SourceDatabase source;
    private final List<AlertConfig> alerts;
    private final Runnable made;

    /**
     * @param made called when there are new requests
     */
    public AlertWatch(SourceDatabase source, List<AlertConfig> alerts, Runnable made) {
        this.source = source;
        this.alerts = List.copyOf(alerts);
        this.made = made;
    }

    private record Observed(String kind, String tenant, String target, String since, boolean due, String detail) {}

    private record Told(String state, String kind) {}

    @Override
    public Next runOnce() throws SQLException {
        for (AlertConfig alert : alerts) {
            if (look(alert)) {
                made.run();
            }
        }
        return new Next.Idle();
    }

    private boolean look(AlertConfig alert) throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.inTransaction(connection, () -> {
                if (!Jdbc.one(connection, "SELECT pg_try_advisory_xact_lock(?)", row -> row.getBoolean(1), LOCK_KEY)) {
                    return false; // another runtime checks
                }
                Map<Told, ObjectNode> messages = settle(connection, alert, observe(connection, alert));
                for (ObjectNode message : messages.values()) {
                    Jdbc.update(
                            connection,
                            SEND,
                            alert.url(),
                            WebhookFeed.host(alert.url()),
                            message.toString(),
                            Senders.name(alert));
                }
                return !messages.isEmpty();
            });
        }
    }

    private static List<Observed> observe(Connection connection, AlertConfig alert) throws SQLException {
        List<Observed> observed = new ArrayList<>(kept(connection, alert));
        if (alert.lag().isZero()) {
            return observed;
        }
        OffsetDateTime late = Jdbc.one(
                        connection, "SELECT clock_timestamp()", row -> row.getObject(1, OffsetDateTime.class))
                .minus(alert.lag());
        for (WebhookState webhook : WebhookState.read(connection)) {
            if (webhook.since() != null && webhook.since().isBefore(late)) {
                String detail = "mapping " + webhook.mapping() + ": " + webhook.because();
                observed.add(new Observed(
                        "lag", "", "webhook:" + webhook.id(), webhook.since().toString(), true, detail));
            }
        }
        return observed;
    }

    private static List<Observed> kept(Connection connection, AlertConfig alert) throws SQLException {
        return Jdbc.list(
                connection,
                OBSERVE,
                row -> new Observed(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getString(6)),
                interval(alert.lag()),
                interval(alert.failing()),
                alert.parked(),
                alert.deadLetters());
    }

    private static Map<Told, ObjectNode> settle(Connection connection, AlertConfig alert, List<Observed> observed)
            throws SQLException {
        Map<Told, ObjectNode> messages = new LinkedHashMap<>();
        Jdbc.list(
                connection,
                SETTLE,
                row -> {
                    Told told = new Told(row.getString(1), row.getString(2));
                    ObjectNode message = messages.computeIfAbsent(told, t -> message(t.kind(), t.state()));
                    message.put("count", message.get("count").asInt() + 1);
                    ArrayNode subjects = (ArrayNode) message.get("subjects");
                    if (subjects.size() < NAMED) {
                        subjects.addObject()
                                .put("tenant", row.getString(3))
                                .put("target", row.getString(4))
                                .put(
                                        "since",
                                        row.getObject(5, OffsetDateTime.class).toString())
                                .put("detail", row.getString(6));
                    }
                    return told;
                },
                texts(observed, Observed::kind),
                texts(observed, Observed::tenant),
                texts(observed, Observed::target),
                texts(observed, Observed::since),
                texts(observed, o -> String.valueOf(o.due())),
                texts(observed, Observed::detail),
                Senders.id(alert),
                Senders.id(alert),
                interval(alert.failing()));
        return messages;
    }

    /** A message without subjects. */
    static ObjectNode message(String kind, String state) {
        ObjectNode message = JSON.createObjectNode()
                .put("type", "tideline.alert")
                .put("alert", kind)
                .put("state", state)
                .put("count", 0);
        message.putArray("subjects");
        return message;
    }

    private static List<String> texts(List<Observed> observed, Function<Observed, String> value) {
        List<String> texts = new ArrayList<>(observed.size());
        observed.forEach(o -> texts.add(value.apply(o)));
        return texts;
    }

    private static String interval(Duration duration) {
        return duration.toMillis() + " milliseconds";
    }
}
