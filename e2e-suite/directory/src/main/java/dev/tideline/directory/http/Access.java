package dev.tideline.directory.http;

/** Who may call a route. */
public enum Access {
    /** Anybody, without a key. */
    OPEN("anybody"),
    /** Who runs the app, by {@code X-Operator-Key}. */
    OPERATOR("operator key"),
    /** Any key of the tenant. */
    KEY("client, server or admin key"),
    /** Any key of the tenant, and an access token. */
    USER("client, server or admin key, and an access token"),
    /** As USER, and restricted users need not be allowed: the route answers them itself. */
    RESTRICTED_USER("client, server or admin key, and an access token"),
    /** A server or admin key; or an access token where {@code user_id} is {@code me}. */
    USER_OR_SERVER("server or admin key; or client key and an access token, with user_id me"),
    /** A server or admin key. */
    SERVER("server or admin key"),
    /** An admin key. */
    ADMIN("admin key");

    private final String text;

    Access(String text) {
        this.text = text;
    }

    /** Whether an access token is needed in any case. */
    public boolean needsUser() {
        return this == USER || this == RESTRICTED_USER;
    }

    public String text() {
        return text;
    }
}
