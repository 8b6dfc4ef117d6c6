package dev.tideline.directory.http;

import io.javalin.http.Context;

/** Says who calls, or why not. */
public interface Gate {

    /**
     * Lets a request in.
     *
     * @throws ApiException 401 without the right key or token, 403 for a user who may not
     */
    Caller admit(Context request, Access access);

    /** The version of a signed-in user after the request; 0 if there is no such user any more. */
    long versionOf(Caller caller);
}
