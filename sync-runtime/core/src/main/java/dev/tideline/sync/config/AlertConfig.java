package dev.tideline.sync.config;

import java.time.Duration;
import java.util.List;

/**
 * One entry below {@code alerts}: a receiver that is called when something needs attention, and when it is over.
 *
 * @param url {@code https}; {@code http} too where {@code allowPrivate} is true, for private addresses only
 * @param secrets what the requests are signed with, more than one while it is rotated; never shown
 * @param allowPrivate whether loopback and private addresses may be called; default false
 * @param lag how old the oldest change may be that has not arrived; default 5 minutes; zero: never tells
 * @param failing for how long a target may fail; default 10 minutes; zero: never tells
 * @param parked how many parked rows of a target are told; default 1; 0: never tells
 * @param deadLetters how many dead letters are told; default 1; 0: never tells
 */
public record AlertConfig(
        String url,
        List<String> secrets,
        boolean allowPrivate,
        Duration lag,
        Duration failing,
        int parked,
        int deadLetters) {

    static final Duration LAG = Duration.ofMinutes(5);
    static final Duration FAILING = Duration.ofMinutes(10);
    static final Duration LONGEST = Duration.ofHours(24 * 365);
    static final int MOST = 1_000_000_000 - 1;

    public AlertConfig {
        secrets = List.copyOf(secrets);
    }

    /** One with every default. */
    public AlertConfig(String url, String secret) {
        this(url, List.of(secret), false, LAG, FAILING, 1, 1);
    }

    /** Without URL and secret: both can hold what must not be seen. */
    @Override
    public String toString() {
        return "AlertConfig[lag=" + lag + ", failing=" + failing + ", parked=" + parked + ", deadLetters=" + deadLetters
                + "]";
    }
}
