package dev.tideline.sync.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the sections {@code webhooks:}, {@code alerts:} and {@code requests:}. */
record ReceiversReader(YamlReading reading) {

    private static final String URL_HINT = "Write https://host/path.";
    private static final String SECRET_HINT = "Write the secret that requests are signed with: ${env:NAME}.";

    List<WebhookConfig> webhooks(YamlSection top) {
        List<WebhookConfig> webhooks = new ArrayList<>();
        for (Node item : top.items("webhooks")) {
            YamlSection section = YamlSection.of(
                    reading,
                    ConfigPath.of(top.at("webhooks"), webhooks.size()),
                    item,
                    "mapping",
                    "url",
                    "secret",
                    "allow_private");
            webhooks.add(new WebhookConfig(
                    section.text("mapping", "Name the mapping whose rows it is about."),
                    section.text("url", URL_HINT),
                    section.texts("secret", SECRET_HINT),
                    section.flag("allow_private", false)));
        }
        return webhooks;
    }

    List<AlertConfig> alerts(YamlSection top) {
        List<AlertConfig> alerts = new ArrayList<>();
        for (Node item : top.items("alerts")) {
            YamlSection section = YamlSection.of(
                    reading,
                    ConfigPath.of(top.at("alerts"), alerts.size()),
                    item,
                    "url",
                    "secret",
                    "allow_private",
                    "lag",
                    "failing",
                    "parked",
                    "dead_letters");
            alerts.add(new AlertConfig(
                    section.text("url", URL_HINT),
                    section.texts("secret", SECRET_HINT),
                    section.flag("allow_private", false),
                    section.duration("lag", AlertConfig.LAG, Duration.ZERO, AlertConfig.LONGEST),
                    section.duration("failing", AlertConfig.FAILING, Duration.ZERO, AlertConfig.LONGEST),
                    section.integer("parked", 1, 0, AlertConfig.MOST),
                    section.integer("dead_letters", 1, 0, AlertConfig.MOST)));
        }
        return alerts;
    }

    static RequestsConfig requests(YamlSection top) {
        YamlSection section = top.section("requests", "secret", "allow_private", "attempts", "retry", "timeout");
        RequestsConfig byDefault = RequestsConfig.DEFAULT;
        return new RequestsConfig(
                section.has("secret") ? section.texts("secret", SECRET_HINT) : List.of(),
                section.flag("allow_private", byDefault.allowPrivate()),
                section.integer("attempts", byDefault.attempts(), 1, RequestsConfig.MOST_ATTEMPTS),
                section.duration(
                        "retry", byDefault.retry(), RequestsConfig.SHORTEST_RETRY, RequestsConfig.LONGEST_RETRY),
                section.duration(
                        "timeout",
                        byDefault.timeout(),
                        RequestsConfig.SHORTEST_TIMEOUT,
                        RequestsConfig.LONGEST_TIMEOUT));
    }

    static Optional<String> dispatchUrl(YamlSection top) {
        return top.optionalText("dispatch_url");
    }
}
