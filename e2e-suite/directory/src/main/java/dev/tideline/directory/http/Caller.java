package dev.tideline.directory.http;

import java.util.Optional;
import java.util.UUID;

/**
 * Who calls.
 *
 * @param tenant whose key was sent
 * @param signedIn the user whose access token was sent
 */
public record Caller(String tenant, KeyKind key, Optional<SignedIn> signedIn) {

    /** A user by access token. */
    public record SignedIn(UUID userId, UUID refreshTokenId) {}

    boolean isServer() {
        return key != KeyKind.CLIENT;
    }
}
