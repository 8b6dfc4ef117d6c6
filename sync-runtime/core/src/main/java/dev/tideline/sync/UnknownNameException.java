package dev.tideline.sync;

import dev.tideline.sync.error.SyncException;

/** A given name is not that of a tenant, external database or mapping, or the tenant has no external database. */
public final class UnknownNameException extends SyncException {

    UnknownNameException(String message) {
        super(message);
    }
}
