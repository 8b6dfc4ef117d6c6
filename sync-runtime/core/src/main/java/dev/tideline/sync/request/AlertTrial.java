package dev.tideline.sync.request;

import dev.tideline.sync.config.AlertConfig;
import dev.tideline.sync.config.SyncConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Calls the receivers of alerts once, as an alert would, to see whether they answer. */
public final class AlertTrial {

    private AlertTrial() {}

    /**
     * The answer of a receiver.
     *
     * @param host of its address; the rest may contain secrets
     */
    public record Answer(String host, Outcome outcome) {}

    /** Calls each of them now, on this thread. Writes nothing into the source. */
    public static List<Answer> run(SyncConfig config) {
        List<Answer> answers = new ArrayList<>();
        try (HttpSender http = new HttpSender(config.requests().timeout(), 1)) {
            for (AlertConfig alert : config.alerts()) {
                String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
                String body = AlertWatch.message("test", "firing").toString();
                Message message = new Message(id, alert.url(), body, Map.of());
                answers.add(new Answer(
                        WebhookFeed.host(alert.url()),
                        http.send(message, SigningSecrets.of(alert.secrets()), alert.allowPrivate())));
            }
        }
        return answers;
    }
}
