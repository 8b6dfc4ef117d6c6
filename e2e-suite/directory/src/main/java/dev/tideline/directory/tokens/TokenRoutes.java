package dev.tideline.directory.tokens;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.http.Items;
import dev.tideline.directory.http.OpenApi;
import dev.tideline.directory.users.UserStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The JWKS, {@code /auth/refresh}, and the sessions of users. */
public final class TokenRoutes {

    private final Database database;
    private final Sessions sessions;
    private final SigningKey key;

    public TokenRoutes(Database database, Sessions sessions, SigningKey key) {
        this.database = database;
        this.sessions = sessions;
        this.key = key;
    }

    record RefreshRequest(String refreshToken) {}

    record RefreshAnswer(String accessToken) {}

    record Keys(List<Map<String, Object>> keys) {}

    record SessionJson(UUID id, UUID userId, long createdAtMillis, long expiresAtMillis) {

        static SessionJson of(RefreshTokenStore.Session session) {
            return new SessionJson(
                    session.id(),
                    session.userId(),
                    session.createdAt().toEpochMilli(),
                    session.expiresAt().toEpochMilli());
        }
    }

    public void addTo(Api api) {
        api.get("/.well-known/jwks.json", Access.OPEN, "The keys that access tokens are verified with")
                .gives(Keys.class)
                .by(this::keys);
        api.post("/auth/refresh", Access.KEY, "Gives a new access token")
                .takes(RefreshRequest.class)
                .gives(RefreshAnswer.class)
                .by(this::refresh);
        api.get("/users/{user_id}/sessions", Access.USER_OR_SERVER, "Lists a user's refresh tokens, without secrets")
                .gives(OpenApi.listOf(SessionJson.class))
                .by(this::list);
        api.delete("/users/{user_id}/sessions/{session_id}", Access.USER_OR_SERVER, "Ends a session")
                .by(this::end);
    }

    @SuppressWarnings("unchecked")
    private Keys keys(Call call) {
        return new Keys((List<Map<String, Object>>) key.publicKeys().get("keys"));
    }

    private RefreshAnswer refresh(Call call) {
        String token = Check.required(call.body(RefreshRequest.class).refreshToken(), "refresh_token");
        Sessions.Refreshed refreshed = database.inTransaction(handle -> sessions.refresh(handle, call.tenant(), token));
        call.context().header(Api.USER_VERSION, Long.toString(refreshed.userVersion()));
        return new RefreshAnswer(refreshed.accessToken());
    }

    private Items<SessionJson> list(Call call) {
        UUID user = call.user();
        return Items.all(database.inTransaction(handle -> {
            new UserStore(handle, call.tenant()).get(user);
            return new RefreshTokenStore(handle, call.tenant())
                    .of(user).stream().map(SessionJson::of).toList();
        }));
    }

    private Object end(Call call) {
        UUID user = call.user();
        UUID session = call.id("session_id");
        if (!database.inTransaction(handle -> new RefreshTokenStore(handle, call.tenant()).revoke(user, session))) {
            throw new ApiException(404, "SESSION_NOT_FOUND", "The user has no such session");
        }
        return null;
    }
}
