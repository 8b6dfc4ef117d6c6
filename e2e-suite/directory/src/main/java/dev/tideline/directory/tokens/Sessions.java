package dev.tideline.directory.tokens;

import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.users.User;
import dev.tideline.directory.users.UserStore;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Begins sessions and issues access tokens. */
public final class Sessions {

    private final AccessTokens accessTokens;

    public Sessions(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    /** The tokens of a new session. */
    public record Started(UUID userId, String accessToken, String refreshToken) {}

    /** A new access token, and the user's version in it. */
    record Refreshed(String accessToken, long userVersion) {}

    /** Begins a session, in the transaction that created or found the user. */
    public Started start(Handle handle, User user) {
        RefreshTokenStore.Issued issued = new RefreshTokenStore(handle, user.tenancyId()).issue(user.id());
        return new Started(user.id(), accessTokens.sign(user, issued.id()), issued.secret());
    }

    /** The user is read in one statement, so that claims and version belong together. */
    Refreshed refresh(Handle handle, String tenant, String refreshToken) {
        RefreshTokenStore.Session session = new RefreshTokenStore(handle, tenant)
                .find(refreshToken)
                .orElseThrow(() -> new ApiException(
                        401, "REFRESH_TOKEN_INVALID", "The session has ended, or never was: sign in again"));
        User user = new UserStore(handle, tenant).get(session.userId());
        return new Refreshed(accessTokens.sign(user, session.id()), user.version());
    }
}
