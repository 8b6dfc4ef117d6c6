package dev.tideline.sync;

import dev.tideline.sync.error.SyncException;

/** There is no tenant, external database or mapping of a name that somebody gave, or the tenant has no external database. */
public final class UnknownNameException extends SyncException {

    private static final long serialVersionUID = 1L;

    UnknownNameException(String message) {
        super(message);
    }
}
