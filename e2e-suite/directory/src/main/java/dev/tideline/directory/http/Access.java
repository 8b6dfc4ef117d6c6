package dev.tideline.directory.http;

/** Who may call a route. */
public enum Access {
    OPEN("anybody"),
    /** The operator of the app, with {@code X-Operator-Key}. */
    OPERATOR("operator key"),
    /** Any key of the tenant. */
    KEY("client, server or admin key"),
    /** Any key of the tenant, and an access token. */
    USER("client, server or admin key, and an access token"),
    /** As USER, and restricted users are allowed: the route itself decides about them. */
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
