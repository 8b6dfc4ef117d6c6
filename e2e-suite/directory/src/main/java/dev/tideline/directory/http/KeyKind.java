package dev.tideline.directory.http;

import java.util.Locale;

/** The keys of a tenant. Each may do what the ones before it may. */
public enum KeyKind {
    /** Ships with apps and pages: not secret, acts for whoever is signed in. */
    CLIENT,
    /** The tenant's servers: secret, acts for every user. */
    SERVER,
    /** The tenant's administrators: secret, also changes settings. */
    ADMIN;

    /** As it stands in the database, and at the beginning of a key. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static KeyKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
