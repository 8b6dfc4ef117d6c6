package dev.tideline.directory.passwords;

import com.password4j.Argon2Function;
import com.password4j.SaltGenerator;
import com.password4j.types.Argon2;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Check;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Argon2id, with OWASP's minimum (19 MiB, two passes). A hash takes that memory while it runs, so only as many run at
 * once as there are cores; further callers wait. Call it outside of transactions. Safe for use by many threads.
 */
public final class SecretHash {

    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final String nobodys = of(randomText(16));

    /** An acceptable password: 8 to 200 characters. */
    public static String newPassword(String password) {
        Check.text(password, "password", 200);
        if (password.length() < 8) {
            throw ApiException.schema("password", "must have at least 8 characters, and has " + password.length());
        }
        return password;
    }

    /** Six digits. */
    public static String randomCode() {
        return String.format("%06d", RANDOM.nextInt(1_000_000));
    }

    /** An unguessable text, for keys, tokens and links. */
    public static String randomText(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** The hash with its parameters and salt, in one text. */
    public String of(String secret) {
        return inItsPlace(() -> ARGON2.hash(
                        secret.getBytes(java.nio.charset.StandardCharsets.UTF_8), SaltGenerator.generate(SALT_BYTES))
                .getResult());
    }

    /** Whether this is the secret. */
    public boolean matches(String secret, String hash) {
        return inItsPlace(() -> Argon2Function.getInstanceFromHash(hash).check(secret, hash));
    }

    /** Takes as long as {@link #matches}, so that the time does not reveal who exists. @return false */
    public boolean matchesNobody(String secret) {
        matches(secret, nobodys);
        return false;
    }

    private <T> T inItsPlace(Supplier<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
