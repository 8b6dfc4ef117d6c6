package dev.tideline.sync.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that the receivers of requests can be called, and that their secrets can sign. */
record Receivers(Positions positions, List<Problem> problems) {

    private static final int LONGEST_URL = 2_000;

    void check(
            List<WebhookConfig> webhooks,
            List<AlertConfig> alerts,
            RequestsConfig requests,
            Optional<String> dispatchUrl,
            List<MappingConfig> mappings) {
        webhooks(webhooks, mappings.stream().map(MappingConfig::name).toList());
        for (int i = 0; i < alerts.size(); i++) {
            AlertConfig alert = alerts.get(i);
            receiver(ConfigPath.of("alerts", i), alert.url(), alert.secrets(), alert.allowPrivate());
        }
        secrets("requests.secret", requests.secrets());
        dispatchUrl.ifPresent(url -> url("dispatch_url", url, true));
    }

    private record Told(String mapping, String url) {}

    private void webhooks(List<WebhookConfig> webhooks, List<String> names) {
        Set<Told> told = new HashSet<>();
        for (int i = 0; i < webhooks.size(); i++) {
            WebhookConfig webhook = webhooks.get(i);
            String path = ConfigPath.of("webhooks", i);
            if (!webhook.mapping().isEmpty() && !names.contains(webhook.mapping())) {
                problem(
                        path + ".mapping",
                        "there is no mapping \"" + webhook.mapping() + "\"",
                        NearestName.hint(webhook.mapping(), names));
            }
            receiver(path, webhook.url(), webhook.secrets(), webhook.allowPrivate());
            if (!webhook.url().isEmpty() && !told.add(new Told(webhook.mapping(), webhook.url()))) {
                problem(path + ".url", "this address is listed twice for the mapping", "Leave one of the two out.");
            }
        }
    }

    private void receiver(String path, String url, List<String> secrets, boolean allowPrivate) {
        if (!url.isEmpty()) {
            url(path + ".url", url, allowPrivate);
        }
        secrets(path + ".secret", secrets);
    }

    private void url(String path, String url, boolean plain) {
        Optional<String> scheme = scheme(url);
        if (scheme.isEmpty()) {
            problem(path, "this is not an http or https address", "Write https://host/path.");
        } else if (scheme.get().equals("http") && !plain) {
            problem(
                    path,
                    "http is for private addresses only",
                    "Write https://host/path, or allow_private: true beside it.");
        } else if (url.length() > LONGEST_URL) {
            problem(path, "this address is longer than " + LONGEST_URL + " characters", "");
        }
    }

    private void secrets(String path, List<String> secrets) {
        secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .flatMap(secret -> SecretText.problem(secret).stream())
                .distinct()
                .forEach(what -> problem(path, what, "Make one: echo whsec_$(openssl rand -base64 32)"));
    }

    /** The scheme of an address that can be called; empty if it cannot. */
    private static Optional<String> scheme(String url) {
        try {
            URI uri = new URI(url);
            boolean web = ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
            return web ? Optional.of(uri.getScheme()) : Optional.empty();
        } catch (URISyntaxException e) {
            // Not passed on, because the message quotes the address.
            return Optional.empty();
        }
    }

    private void problem(String path, String what, String hint) {
        problems.add(positions.problem(path, what, hint));
    }
}
