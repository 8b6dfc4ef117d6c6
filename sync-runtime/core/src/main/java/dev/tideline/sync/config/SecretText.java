package dev.tideline.sync.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Secrets for signing requests, as they are written: {@code whsec_} and base64, or any other text. */
public final class SecretText {

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private SecretText() {}

    /**
     * The key for a secret.
     *
     * @throws IllegalArgumentException if it is invalid; the message does not contain the secret
     */
    public static byte[] bytes(String secret) {
        problem(secret).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return decoded(secret);
    }

    /** What is wrong with a secret, without showing it. */
    static Optional<String> problem(String secret) {
        try {
            int length = decoded(secret).length;
            boolean fits = secret.startsWith(PREFIX) ? length >= SHORTEST && length <= LONGEST : length > 0;
            return fits ? Optional.empty() : unusable();
        } catch (IllegalArgumentException e) {
            return unusable();
        }
    }

    private static byte[] decoded(String secret) {
        return secret.startsWith(PREFIX)
                ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> unusable() {
        return Optional.of("a secret that begins with " + PREFIX + " must continue with the base64 of " + SHORTEST
                + " to " + LONGEST + " bytes");
    }
}
