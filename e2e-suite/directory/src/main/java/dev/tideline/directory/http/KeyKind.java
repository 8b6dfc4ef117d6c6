package dev.tideline.directory.http;

import java.util.Locale;

/** The keys of a tenant. Each has the rights of the previous ones, too. */
public enum KeyKind {
    /** Part of apps and pages: not secret, acts for the signed-in user. */
    CLIENT,
    /** For the tenant's servers: secret, acts for every user. */
    SERVER,
    /** For the tenant's administrators: secret, also changes settings. */
    ADMIN;

    /** As in the database, and at the beginning of a key. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static KeyKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
