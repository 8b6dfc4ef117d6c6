package dev.tideline.directory.tokens;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.database.Store;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Caller;
import dev.tideline.directory.http.Caller.SignedIn;
import dev.tideline.directory.http.Gate;
import dev.tideline.directory.http.KeyKind;
import dev.tideline.directory.users.RestrictedReason;
import dev.tideline.directory.users.User;
import dev.tideline.directory.users.UserStore;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Admits callers with a key, and users with an access token as well. */
public final class KeyGate implements Gate {

    private final Database database;
    private final AccessTokens accessTokens;
    private final String operatorKey;

    public KeyGate(Database database, AccessTokens accessTokens, String operatorKey) {
        this.database = database;
        this.accessTokens = accessTokens;
        this.operatorKey = operatorKey;
    }

    @Override
    public Caller admit(Context request, Access access) {
        if (access == Access.OPEN) {
            return new Caller("", KeyKind.CLIENT, Optional.empty());
        } else if (access == Access.OPERATOR) {
            return operator(request);
        }
        String tenant = header(request, "X-Tenant-Id");
        String key = header(request, "X-Api-Key");
        String token = header(request, "Authorization").replaceFirst("^Bearer ", "");
        return database.inTransaction(handle -> {
            KeyKind kind = new Keys(handle, tenant)
                    .kindOf(key)
                    .orElseThrow(() -> new ApiException(
                            401, "API_KEY_INVALID", "X-Tenant-Id and X-Api-Key must be a tenant and a key of it"));
            Optional<SignedIn> signedIn = token.isEmpty()
                    ? Optional.empty()
                    : Optional.of(user(handle, tenant, token, allowed(request, access)));
            Caller caller = new Caller(tenant, kind, signedIn);
            require(request, access, caller);
            return caller;
        });
    }

    private Caller operator(Context request) {
        if (!MessageDigest.isEqual(TokenHash.of(operatorKey), TokenHash.of(header(request, "X-Operator-Key")))) {
            throw new ApiException(
                    401, "OPERATOR_KEY_INVALID", "X-Operator-Key must be the key that the app was started with");
        }
        return new Caller("", KeyKind.ADMIN, Optional.empty());
    }

    /**
     * Checks the user's current state: a token from before a restriction opens nothing, one from before its end does.
     */
    private SignedIn user(Handle handle, String tenant, String token, boolean restrictedToo) {
        SignedIn signedIn = accessTokens.read(tenant, token).orElseThrow(KeyGate::tokenInvalid);
        User user = new UserStore(handle, tenant).find(signedIn.userId()).orElseThrow(KeyGate::tokenInvalid);
        user.restrictedReason().filter(reason -> !restrictedToo).ifPresent(reason -> {
            throw new ApiException(
                    403,
                    "RESTRICTED_USER_NOT_ALLOWED",
                    "The user is restricted; send X-Allow-Restricted-User: true where that does not matter",
                    Map.of("restricted_reason", new RestrictedReason.Described(reason)));
        });
        return signedIn;
    }

    private static boolean allowed(Context request, Access access) {
        return access == Access.RESTRICTED_USER
                || header(request, "X-Allow-Restricted-User").equals("true");
    }

    private static void require(Context request, Access access, Caller caller) {
        boolean me = "me".equals(request.pathParamMap().get("user_id"));
        if ((access.needsUser() || access == Access.USER_OR_SERVER && me)
                && caller.signedIn().isEmpty()) {
            throw new ApiException(
                    401,
                    "ACCESS_TOKEN_REQUIRED",
                    "This acts for a signed-in user: send an access token as Authorization: Bearer …");
        }
        KeyKind least = access == Access.ADMIN
                ? KeyKind.ADMIN
                : access == Access.SERVER || access == Access.USER_OR_SERVER && !me ? KeyKind.SERVER : KeyKind.CLIENT;
        if (caller.key().compareTo(least) < 0) {
            throw new ApiException(
                    403,
                    "API_KEY_NOT_SUFFICIENT",
                    "This needs " + access.text() + ", and not a "
                            + caller.key().text() + " key");
        }
    }

    private static ApiException tokenInvalid() {
        return new ApiException(
                401, "ACCESS_TOKEN_INVALID", "The access token has expired, or is none of this tenant: get a new one");
    }

    private static String header(Context request, String name) {
        return Optional.ofNullable(request.header(name)).orElse("");
    }

    @Override
    public long versionOf(Caller caller) {
        return database.inTransaction(handle -> new UserStore(handle, caller.tenant())
                .find(caller.signedIn().orElseThrow().userId())
                .map(User::version)
                .orElse(0L));
    }

    private static final class Keys extends Store {

        Keys(Handle handle, String tenant) {
            super(handle, tenant);
        }

        Optional<KeyKind> kindOf(String key) {
            return queryText("SELECT kind FROM api_key WHERE tenancy_id = :tenant AND key_hash = :hash")
                    .bind("hash", TokenHash.of(key))
                    .mapTo(String.class)
                    .findOne()
                    .map(KeyKind::of);
        }
    }
}
