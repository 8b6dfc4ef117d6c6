package dev.tideline.sync.request;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.WebhookConfig;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which webhooks are installed: those have cursors, and an index on their ledgers. */
public final class WebhookRegister {

    private static final String REGISTER = SqlTemplate.text("9-request/webhook-register");
    private static final String FORGET = SqlTemplate.text("9-request/webhook-forget");
    private static final String FORGET_ALERTS = SqlTemplate.text("9-request/alert-forget");

    private WebhookRegister() {}

    /** Records the webhooks of a configuration as installed; its mappings are already. */
    public static void record(Connection connection, SyncConfig config) throws SQLException {
        for (WebhookConfig webhook : config.webhooks()) {
            int stream = Jdbc.one(
                    connection,
                    "SELECT stream_id FROM tideline.mapping WHERE name = ?",
                    row -> row.getInt(1),
                    webhook.mapping());
            // The index spans all tenants, which only webhooks need.
            Jdbc.execute(
                    connection,
                    "CREATE INDEX IF NOT EXISTS ledger_" + stream + "_webhooks ON tideline.ledger_" + stream
                            + " (sequence_id)");
            Jdbc.update(connection, REGISTER, Senders.id(webhook), webhook.mapping());
        }
        List<String> kept = config.webhooks().stream().map(Senders::id).toList();
        Jdbc.update(connection, FORGET, kept, kept);
        List<String> told = config.alerts().stream().map(Senders::id).toList();
        Jdbc.update(connection, FORGET_ALERTS, told, told);
    }

    /** Webhooks that are configured but not installed, in words. */
    public static List<String> differences(Connection connection, SyncConfig config) throws SQLException {
        List<String> installed =
                Jdbc.list(connection, "SELECT webhook_id FROM tideline.webhook", row -> row.getString(1));
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < config.webhooks().size(); i++) {
            WebhookConfig webhook = config.webhooks().get(i);
            if (!installed.contains(Senders.id(webhook))) {
                differences.add("webhooks[" + i + "] of mapping " + webhook.mapping() + " is not installed");
            }
        }
        return differences;
    }
}
