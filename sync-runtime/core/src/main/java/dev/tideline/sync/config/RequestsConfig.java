package dev.tideline.sync.config;

import java.time.Duration;
import java.util.List;

/**
 * How requests are sent: the application's own, webhooks, alerts and dispatched syncs.
 *
 * @param secrets what the application's requests and dispatched syncs are signed with, more than one while it is rotated;
 *     none: the one that {@code install} made; never shown
 * @param allowPrivate whether the application's requests may go to loopback and private addresses; default false
 * @param attempts how often a request is tried before it is a dead letter; 1 to 100, default 16
 * @param retry what passes before the second try, twice as much before the third, and so on up to an hour; 10 ms to 1 hour,
 *     default 5 s
 * @param timeout how long a try may take in all; 100 ms to 30 s, default 15 s
 */
public record RequestsConfig(
        List<String> secrets, boolean allowPrivate, int attempts, Duration retry, Duration timeout) {

    static final int MOST_ATTEMPTS = 100;
    static final Duration SHORTEST_RETRY = Duration.ofMillis(10);
    static final Duration LONGEST_RETRY = Duration.ofHours(1);
    static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);

    /** Every default. */
    public static final RequestsConfig DEFAULT =
            new RequestsConfig(List.of(), false, 16, Duration.ofSeconds(5), Duration.ofSeconds(15));

    public RequestsConfig {
        secrets = List.copyOf(secrets);
        Range.check("requests.attempts", attempts, 1, MOST_ATTEMPTS);
        Range.check("requests.retry", retry, SHORTEST_RETRY, LONGEST_RETRY);
        Range.check("requests.timeout", timeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "RequestsConfig[allowPrivate=" + allowPrivate + ", attempts=" + attempts + ", retry=" + retry
                + ", timeout=" + timeout + "]";
    }
}
