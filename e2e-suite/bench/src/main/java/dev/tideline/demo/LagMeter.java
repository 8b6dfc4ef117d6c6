package dev.tideline.demo;

import dev.tideline.e2e.Lags;
import dev.tideline.e2e.ServerAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the time from a row's commit at the source to the commit of the target's transaction that delivered it. Both
 * servers record commit times ({@code track_commit_timestamp}) with the same machine's clock. If a row changed several
 * times, the last change counts; deleted rows cannot be measured this way.
 */
final class LagMeter {

    /** Target of each table whose rows at the target depend on no other table. */
    private static final Map<String, String> TABLES = Map.of(
            "contact_channel", "contact_channels",
            "team", "teams",
            "email_outbox", "outbox_mails",
            "refresh_token", "refresh_tokens");

    private static final String MICROS = "(extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000000)::bigint";

    private final ServerAddress source;
    private final boolean possible;
    private final String since;

    private LagMeter(ServerAddress source, boolean possible, String since) {
        this.source = source;
        this.possible = possible;
        this.since = since;
    }

    /** Measures everything that is committed from now on. */
    static LagMeter start(DemoSettings settings) throws SQLException {
        boolean possible = true;
        for (ServerAddress server : List.of(settings.source(), settings.external())) {
            possible &= server.text("postgres", "SHOW track_commit_timestamp").equals("on");
        }
        return new LagMeter(
                settings.source(), possible, settings.source().text(DemoStage.SOURCE, "SELECT clock_timestamp()"));
    }

    /**
     * @return without samples if a server does not record commit times
     */
    Lags of(DemoTenant tenant) throws SQLException {
        List<Duration> lags = new ArrayList<>();
        if (possible) {
            for (Map.Entry<String, String> table : TABLES.entrySet()) {
                collect(tenant, table.getKey(), table.getValue(), lags);
            }
        }
        return Lags.of(lags);
    }

    private void collect(DemoTenant tenant, String table, String target, List<Duration> lags) throws SQLException {
        Map<String, Long> sent = new HashMap<>();
        try (Connection connection = source.connect(DemoStage.SOURCE);
                PreparedStatement statement = connection.prepareStatement("SELECT id, " + MICROS + " FROM " + table
                        + " WHERE tenancy_id = ?" + " AND pg_xact_commit_timestamp(xmin) > ?::timestamptz")) {
            statement.setString(1, tenant.id());
            statement.setString(2, since);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                sent.put(rows.getString(1), rows.getLong(2));
            }
        }
        try (Connection connection = tenant.server().connect(tenant.database());
                PreparedStatement statement = connection.prepareStatement("SELECT id, " + MICROS + " FROM " + target)) {
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                Long from = sent.get(rows.getString(1));
                // A change that affects no mapped column is not delivered: the target's row is older.
                if (from != null && rows.getLong(2) >= from) {
                    lags.add(Duration.ofNanos((rows.getLong(2) - from) * 1000));
                }
            }
        }
    }
}
