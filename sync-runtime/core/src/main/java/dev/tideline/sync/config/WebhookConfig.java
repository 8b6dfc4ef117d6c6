package dev.tideline.sync.config;

/**
 * One entry below {@code webhooks}: whom to tell when a mapping's rows have arrived.
 *
 * @param mapping the mapping's name
 * @param url {@code http} or {@code https}
 * @param secret what the requests are signed with; never shown
 * @param allowPrivate whether loopback and private addresses may be called; default false
 */
public record WebhookConfig(String mapping, String url, String secret, boolean allowPrivate) {

    /** One that may not call loopback and private addresses. */
    public WebhookConfig(String mapping, String url, String secret) {
        this(mapping, url, secret, false);
    }

    /** Without URL and secret: both can hold what must not be seen. */
    @Override
    public String toString() {
        return "WebhookConfig[mapping=" + mapping + "]";
    }
}
