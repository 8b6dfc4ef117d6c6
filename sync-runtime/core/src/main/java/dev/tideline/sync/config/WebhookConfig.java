package dev.tideline.sync.config;

import java.util.List;

/**
 * One entry below {@code webhooks}: a receiver of changes of a mapping's rows.
 *
 * @param mapping the mapping's name
 * @param url {@code https}; {@code http} too if {@code allowPrivate} is true, for private addresses only
 * @param secrets that sign the requests, more than one during a rotation; never shown
 * @param allowPrivate whether loopback and private addresses may be called; default false
 */
public record WebhookConfig(String mapping, String url, List<String> secrets, boolean allowPrivate) {

    public WebhookConfig {
        secrets = List.copyOf(secrets);
    }

    /** A webhook with a single secret. */
    public WebhookConfig(String mapping, String url, String secret, boolean allowPrivate) {
        this(mapping, url, List.of(secret), allowPrivate);
    }

    /** A webhook that may not call loopback and private addresses. */
    public WebhookConfig(String mapping, String url, String secret) {
        this(mapping, url, secret, false);
    }

    /** Without URL and secret: both can contain what must not be seen. */
    @Override
    public String toString() {
        return "WebhookConfig[mapping=" + mapping + "]";
    }
}
