package dev.tideline.directory.tokens;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tideline.directory.http.Caller.SignedIn;
import dev.tideline.directory.users.RestrictedReason;
import dev.tideline.directory.users.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes and verifies access tokens, which describe the user at the time of signing. */
public final class AccessTokens {

    static final Duration VALIDITY = Duration.ofMinutes(10);

    private static final String TYPE = "at+jwt";

    private final SigningKey key;
    private final Supplier<String> issuer;
    private final InstantSource clock;

    public AccessTokens(SigningKey key, Supplier<String> issuer, InstantSource clock) {
        this.key = key;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** The audience tells a service whether it must check restrictions. */
    static String audience(User user) {
        return user.restrictedReason()
                .map(reason -> user.tenancyId() + (reason == RestrictedReason.ANONYMOUS ? ":anon" : ":restricted"))
                .orElse(user.tenancyId());
    }

    String sign(User user, UUID refreshTokenId) {
        return key.sign(
                TYPE,
                new JWTClaimsSet.Builder()
                        .issuer(issuer.get())
                        .audience(audience(user))
                        .issueTime(Date.from(clock.instant()))
                        .expirationTime(Date.from(clock.instant().plus(VALIDITY)))
                        .subject(user.id().toString())
                        .claim("email", user.primaryEmail().orElse(null))
                        .claim("email_verified", user.primaryEmailVerified())
                        .claim("name", user.displayName())
                        .claim("is_anonymous", user.isAnonymous())
                        .claim("is_restricted", user.restrictedReason().isPresent())
                        .claim(
                                "restricted_reason",
                                user.restrictedReason()
                                        .map(reason -> Map.of("type", reason.toString()))
                                        .orElse(null))
                        .claim(
                                "selected_team_id",
                                user.selectedTeamId().map(UUID::toString).orElse(null))
                        .claim("signed_up_at", user.signedUpAt().getEpochSecond())
                        .claim("refresh_token_id", refreshTokenId.toString())
                        .serializeNullClaims(true)
                        .build());
    }

    /** The user of this token of this tenant; empty if it is not valid. */
    Optional<SignedIn> read(String tenant, String token) {
        return key.verify(TYPE, token, Set.of(tenant, tenant + ":restricted", tenant + ":anon"))
                .map(claims -> new SignedIn(UUID.fromString(claims.getSubject()), UUID.fromString((String)
                        claims.getClaim("refresh_token_id"))));
    }
}
