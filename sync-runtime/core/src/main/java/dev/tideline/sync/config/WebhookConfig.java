package dev.tideline.sync.config;

import java.util.List;

/**
 * One entry below {@code webhooks}: whom to tell when a mapping's rows change.
 *
 * @param mapping the mapping's name
 * @param url {@code https}; {@code http} too where {@code allowPrivate} is true, for private addresses only
 * @param secrets what the requests are signed with, more than one while it is rotated; never shown
 * @param allowPrivate whether loopback and private addresses may be called; default false
 */
public record WebhookConfig(String mapping, String url, List<String> secrets, boolean allowPrivate) {

    public WebhookConfig {
        secrets = List.copyOf(secrets);
    }

    /** One with a single secret. */
    public WebhookConfig(String mapping, String url, String secret, boolean allowPrivate) {
        this(mapping, url, List.of(secret), allowPrivate);
    }

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
