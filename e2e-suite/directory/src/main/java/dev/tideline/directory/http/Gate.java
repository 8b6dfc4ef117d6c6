package dev.tideline.directory.http;

import io.javalin.http.Context;

/** Identifies callers, or rejects them. */
public interface Gate {

    /**
     * Admits a request.
     *
     * @throws ApiException 401 without the right key or token, 403 for a user who may not
     */
    Caller admit(Context request, Access access);

    /** The version of a signed-in user after the request; 0 if the user no longer exists. */
    long versionOf(Caller caller);
}
