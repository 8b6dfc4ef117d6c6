package dev.tideline.directory.mail;

import java.time.Duration;
import java.util.Optional;

/**
 * When a mail is tried again. @param first the pause after the first attempt; each further one is four times as long
 */
record RetryPolicy(Duration first) {

    static final int ATTEMPTS = 5;
    private static final int FACTOR = 4;

    /** @param attempts made so far, at least 1. @return empty after the last one */
    Optional<Duration> pauseAfter(int attempts) {
        return attempts >= ATTEMPTS
                ? Optional.empty()
                : Optional.of(first.multipliedBy((long) Math.pow(FACTOR, attempts - 1)));
    }
}
