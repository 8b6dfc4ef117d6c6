package dev.tideline.directory.http;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.UUID;

/** One request to one route, by an admitted caller. For one thread. */
public final class Call {

    private final Context context;
    private final Caller caller;

    Call(Context context, Caller caller) {
        this.context = context;
        this.caller = caller;
    }

    public String tenant() {
        return caller.tenant();
    }

    public Caller caller() {
        return caller;
    }

    /** Whether fields that are reserved for servers may be seen and set. */
    public boolean byServer() {
        return caller.isServer();
    }

    /** The signed-in user of a route with {@link Access#USER}. */
    public UUID me() {
        return caller.signedIn().orElseThrow().userId();
    }

    /** {@code {user_id}} of the path; {@code me} is the signed-in user. */
    public UUID user() {
        return context.pathParam("user_id").equals("me") ? me() : id("user_id");
    }

    /**
     * An id of the path. A text that is no UUID cannot be the id of anything, and looking it up gives the same answer
     * as an unknown id.
     */
    public UUID id(String name) {
        try {
            return UUID.fromString(context.pathParam(name));
        } catch (IllegalArgumentException e) {
            throw ApiException.schema(name, "must be a UUID");
        }
    }

    /** A name of the path. */
    public String path(String name) {
        return Check.text(context.pathParam(name), name, 200);
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name));
    }

    /** A flag in the query: absent is false. */
    public boolean flag(String name) {
        return query(name)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw ApiException.schema(name, "must be true or false, and is " + value);
                })
                .orElse(false);
    }

    /** The limit of a list: 1 to 200. */
    public int limit(int otherwise) {
        return query("limit").map(value -> Check.number(value, "limit", 1, 200)).orElse(otherwise);
    }

    /** The body, in the type of the route. */
    public <T> T body(Class<T> type) {
        return Json.read(context.body(), type);
    }

    /** For requests without JSON. */
    public Context context() {
        return context;
    }
}
