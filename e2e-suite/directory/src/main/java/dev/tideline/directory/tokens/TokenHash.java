package dev.tideline.directory.tokens;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The stored form of keys and refresh tokens. They are random and long, so that they cannot be guessed, and are looked
 * up by their hash: a slow one, as for passwords, would only be slow.
 */
public final class TokenHash {

    private TokenHash() {}

    public static byte[] of(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
