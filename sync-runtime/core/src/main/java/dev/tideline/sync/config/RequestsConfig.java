package dev.tideline.sync.config;

import java.time.Duration;
import java.util.List;

/**
 * How requests are sent: the application's own, webhooks, alerts and dispatched syncs.
 *
 * @param secrets that sign the application's requests and dispatched syncs, more than one during a rotation; none: the
 *     one that {@code install} generated; never shown
 * @param allowPrivate whether the application's requests may go to loopback and private addresses; default false
 * @param attempts how often a request is tried before it becomes a dead letter; 1 to 100, default 16
 * @param retry the delay before the second try, doubled before each further one, up to an hour; 10 ms to 1 hour,
 *     default 5 s
 * @param timeout of a whole try; 100 ms to 30 s, default 15 s
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
