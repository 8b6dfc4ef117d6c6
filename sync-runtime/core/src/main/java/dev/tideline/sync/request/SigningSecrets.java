package dev.tideline.sync.request;

import dev.tideline.sync.config.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and verifies requests according to <a href="https://www.standardwebhooks.com/">Standard Webhooks</a> ({@code
 * v1}, HMAC-SHA256). While a secret is rotated there are two: requests carry a signature by each, and a request signed
 * with either is accepted. Immutable and safe for use by many threads; never shows a secret.
 */
public final class SigningSecrets {

    /** Identifies a request, and stays the same for every attempt. */
    public static final String ID = "webhook-id";

    /** When this attempt was signed, in seconds since 1970. */
    public static final String TIMESTAMP = "webhook-timestamp";

    /** Signatures, separated by spaces. */
    public static final String SIGNATURE = "webhook-signature";

    /** How far a timestamp may be from the receiver's clock, so that old requests cannot be replayed. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String VERSION = "v1,";

    private final List<SecretKeySpec> keys;

    private SigningSecrets(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Secrets as configured: {@code whsec_} and the base64 of 24 to 64 bytes, or any other text, whose UTF-8 bytes are
     * the key.
     *
     * @throws IllegalArgumentException if there is none, or one cannot be used; the message does not contain the secret
     */
    public static SigningSecrets of(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("there is no secret");
        }
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String secret : secrets) {
            keys.add(new SecretKeySpec(SecretText.bytes(secret), "HmacSHA256"));
        }
        return new SigningSecrets(keys);
    }

    /** The value of header {@value #SIGNATURE}. */
    public String sign(String id, Instant timestamp, byte[] body) {
        return keys.stream()
                .map(key ->
                        VERSION + Base64.getEncoder().encodeToString(hmac(key, id, timestamp.getEpochSecond(), body)))
                .collect(Collectors.joining(" "));
    }

    /**
     * Checks that a request was signed with one of these secrets, at most {@link #TOLERANCE} ago.
     *
     * @param id value of the header {@value #ID}; null if it is missing; likewise the other two
     * @param body as it arrived, byte for byte
     * @return what is wrong, in words that may be sent to the caller; empty if the request is valid
     */
    public Optional<String> refuse(String id, String timestamp, String signature, byte[] body, Instant now) {
        if (id == null || timestamp == null || signature == null) {
            return Optional.of("the headers " + ID + ", " + TIMESTAMP + " and " + SIGNATURE + " are needed");
        }
        if (!timestamp.matches("\\d{1,11}")) {
            return Optional.of(TIMESTAMP + " is not a number of seconds since 1970");
        }
        long signed = Long.parseLong(timestamp);
        if (Math.abs(now.getEpochSecond() - signed) > TOLERANCE.toSeconds()) {
            return Optional.of(
                    TIMESTAMP + " is more than " + TOLERANCE.toMinutes() + " minutes from this server's clock");
        }
        boolean good = false;
        for (SecretKeySpec key : keys) {
            byte[] right = hmac(key, id, signed, body);
            for (String one : signature.split(" ")) {
                good |= one.startsWith(VERSION) && MessageDigest.isEqual(right, decoded(one));
            }
        }
        return good ? Optional.empty() : Optional.of("no signature in " + SIGNATURE + " is right");
    }

    private static byte[] decoded(String signature) {
        try {
            return Base64.getDecoder().decode(signature.substring(VERSION.length()));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] hmac(SecretKeySpec key, String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "SigningSecrets[" + keys.size() + "]";
    }
}
