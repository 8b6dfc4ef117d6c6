package dev.tideline.directory.notifications;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tideline.directory.tokens.SigningKey;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Links that unsubscribe one user from one category. They are signed and never expire, since mail is kept for years.
 */
public final class UnsubscribeLinks {

    static final String PATH = "/emails/unsubscribe";

    private static final String TYPE = "unsubscribe+jwt";

    private final SigningKey key;
    private final Supplier<String> publicUrl;

    public UnsubscribeLinks(SigningKey key, Supplier<String> publicUrl) {
        this.key = key;
        this.publicUrl = publicUrl;
    }

    /** The user and category of a link. */
    record Target(String tenant, UUID user, Category category) {}

    public String to(String tenant, UUID user, Category category) {
        return publicUrl.get() + PATH + "?token="
                + key.sign(
                        TYPE,
                        new JWTClaimsSet.Builder()
                                .audience(tenant)
                                .subject(user.toString())
                                .claim("category", category.toString())
                                .build());
    }

    /** Empty if the token is not valid. */
    Optional<Target> read(String token) {
        return key.verify(TYPE, token, Set.of())
                .map(claims -> new Target(
                        claims.getAudience().get(0), UUID.fromString(claims.getSubject()), Category.named((String)
                                claims.getClaim("category"))));
    }
}
