package dev.tideline.directory.tokens;

import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.users.User;
import dev.tideline.directory.users.UserStore;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Begins sessions and gives them access tokens. */
public final class Sessions {

    private final AccessTokens accessTokens;

    public Sessions(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    /** The tokens of a session that has just begun. */
    public record Started(UUID userId, String accessToken, String refreshToken) {}

    /** A new access token, and the version of the user that it speaks of. */
    record Refreshed(String accessToken, long userVersion) {}

    /** Begins a session, in the transaction that made or found the user. */
    public Started start(Handle handle, User user) {
        RefreshTokenStore.Issued issued = new RefreshTokenStore(handle, user.tenancyId()).issue(user.id());
        return new Started(user.id(), accessTokens.sign(user, issued.id()), issued.secret());
    }

    /** The user is read in one statement: claims and version are of the same moment. */
    Refreshed refresh(Handle handle, String tenant, String refreshToken) {
        RefreshTokenStore.Session session = new RefreshTokenStore(handle, tenant)
                .find(refreshToken)
                .orElseThrow(() -> new ApiException(
                        401, "REFRESH_TOKEN_INVALID", "The session has ended, or never was: sign in again"));
        User user = new UserStore(handle, tenant).get(session.userId());
        return new Refreshed(accessTokens.sign(user, session.id()), user.version());
    }
}
