package dev.tideline.sync.admin;

import dev.tideline.sync.config.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The sessions of browsers that have logged in. Ids are stored as digests, and expire. Safe for use by many threads.
 */
final class Sessions {

    static final Duration LIFETIME = Duration.ofHours(12);
    private static final int MOST = 200;

    private final SecureRandom random = new SecureRandom();
    private final LongSupplier clock;
    private final Map<String, Long> ends = new LinkedHashMap<>(); // guarded by this

    /** @param clock a monotonic one, in nanoseconds */
    Sessions(LongSupplier clock) {
        this.clock = clock;
    }

    /** Begins a session. @return its id, for the browser's cookie */
    synchronized String begin() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        long now = clock.getAsLong();
        ends.values().removeIf(end -> end - now <= 0);
        if (ends.size() >= MOST) {
            ends.remove(ends.keySet().iterator().next());
        }
        ends.put(key(id), now + LIFETIME.toNanos());
        return id;
    }

    synchronized boolean isOpen(String id) {
        Long end = id == null ? null : ends.get(key(id));
        return end != null && end - clock.getAsLong() > 0;
    }

    synchronized void end(String id) {
        if (id != null) {
            ends.remove(key(id));
        }
    }

    private static String key(String id) {
        return Sha256.hex(id, 32);
    }
}
