package dev.tideline.sync.config;

/** One entry below {@code webhooks}: whom to tell when a mapping's rows have arrived. */
public record WebhookConfig(String mapping, String url, String secret) {

    @Override
    public String toString() {
        return "WebhookConfig[mapping=" + mapping + "]";
    }
}
