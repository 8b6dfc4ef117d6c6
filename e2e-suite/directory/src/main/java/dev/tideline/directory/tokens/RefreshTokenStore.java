package dev.tideline.directory.tokens;

import dev.tideline.directory.database.Store;
import dev.tideline.directory.passwords.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Refresh tokens of one tenant: one for each sign-in, until it ends. The secret itself is never stored. */
public final class RefreshTokenStore extends Store {

    private static final Duration VALIDITY = Duration.ofDays(365);

    RefreshTokenStore(Handle handle, String tenant) {
        super(handle, tenant);
        handle.registerRowMapper(ConstructorMapper.factory(Session.class));
    }

    /** A refresh token without its secret. */
    public record Session(UUID id, UUID userId, Instant createdAt, Instant expiresAt) {}

    /** A new token: its id, and its secret for the user. */
    record Issued(UUID id, String secret) {}

    Issued issue(UUID user) {
        Issued issued = new Issued(UUID.randomUUID(), "rt_" + SecretHash.randomText(32));
        update("add-refresh-token")
                .bind("id", issued.id)
                .bind("user", user)
                .bind("hash", TokenHash.of(issued.secret))
                .bind("seconds", VALIDITY.toSeconds())
                .execute();
        return issued;
    }

    Optional<Session> find(String secret) {
        return query("find-refresh-token")
                .bind("hash", TokenHash.of(secret))
                .mapTo(Session.class)
                .findOne();
    }

    List<Session> of(UUID user) {
        return query("list-refresh-tokens")
                .bind("user", user)
                .mapTo(Session.class)
                .list();
    }

    boolean revoke(UUID user, UUID id) {
        return updateText("DELETE FROM refresh_token WHERE tenancy_id = :tenant AND user_id = :user AND id = :id")
                        .bind("user", user)
                        .bind("id", id)
                        .execute()
                == 1;
    }
}
