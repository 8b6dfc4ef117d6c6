package dev.tideline.sync.request;

import dev.tideline.sync.config.AlertConfig;
import dev.tideline.sync.config.Sha256;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.WebhookConfig;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All senders of a runtime's requests, by name. Immutable. */
public final class Senders {

    /** The application, which calls {@code tideline.enqueue_request}. */
    static final String APPLICATION = "application";

    private final Map<String, Sender> senders = new LinkedHashMap<>();

    private Senders(SyncConfig config, SigningSecrets own) {
        add(new Sender(APPLICATION, own, config.requests().allowPrivate()));
        for (WebhookConfig webhook : config.webhooks()) {
            add(new Sender(name(webhook), SigningSecrets.of(webhook.secrets()), webhook.allowPrivate()));
        }
        for (AlertConfig alert : config.alerts()) {
            add(new Sender(name(alert), SigningSecrets.of(alert.secrets()), alert.allowPrivate()));
        }
    }

    /** The senders of a configuration that is installed. */
    public static Senders of(SyncConfig config, Connection source) throws SQLException {
        return new Senders(config, own(config, source));
    }

    /**
     * The secrets for the application's requests and dispatched syncs: {@code requests.secret}, or what {@code install}
     * generated.
     */
    public static SigningSecrets own(SyncConfig config, Connection source) throws SQLException {
        List<String> configured = config.requests().secrets();
        return SigningSecrets.of(
                configured.isEmpty()
                        ? Jdbc.list(source, "SELECT secret FROM tideline.signing_secret", row -> row.getString(1))
                        : configured);
    }

    private void add(Sender sender) {
        senders.put(sender.name(), sender);
    }

    List<String> names() {
        return List.copyOf(senders.keySet());
    }

    Sender of(String name) {
        return senders.get(name);
    }

    /** The id of a webhook in the source. */
    static String id(WebhookConfig webhook) {
        return Sha256.hex(webhook.mapping().length() + ":" + webhook.mapping() + webhook.url(), 8);
    }

    /** The id of a receiver of alerts in the source. */
    static String id(AlertConfig alert) {
        return Sha256.hex(alert.url(), 8);
    }

    static String name(WebhookConfig webhook) {
        return "webhook:" + id(webhook);
    }

    static String name(AlertConfig alert) {
        return "alert:" + id(alert);
    }
}
