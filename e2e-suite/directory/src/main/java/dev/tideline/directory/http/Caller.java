package dev.tideline.directory.http;

import java.util.Optional;
import java.util.UUID;

/**
 * The caller.
 *
 * @param tenant of the key
 * @param signedIn the user of the access token
 */
public record Caller(String tenant, KeyKind key, Optional<SignedIn> signedIn) {

    /** A user with an access token. */
    public record SignedIn(UUID userId, UUID refreshTokenId) {}

    boolean isServer() {
        return key != KeyKind.CLIENT;
    }
}
