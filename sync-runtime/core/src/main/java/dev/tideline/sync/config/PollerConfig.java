package dev.tideline.sync.config;

import java.time.Duration;

/**
 * The pace of the poller.
 *
 * @param interval pause between polls under load; default 50 ms, 1 ms to 1 h
 * @param claimLimit requests claimed at once; default 1,000, 1 to 100,000
 * @param lease how long a claim holds without being renewed; default 60 s, 1 s to 1 h
 */
public record PollerConfig(Duration interval, int claimLimit, Duration lease) {

    static final Duration SHORTEST = Duration.ofMillis(1);
    static final Duration LONGEST = Duration.ofHours(1);
    static final int LARGEST_CLAIM = 100_000;
    static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    static final Duration LONGEST_LEASE = Duration.ofHours(1);

    /** 50 ms, 1,000 requests, 60 s. */
    public static final PollerConfig DEFAULT = new PollerConfig(Duration.ofMillis(50), 1_000, Duration.ofSeconds(60));

    public PollerConfig {
        Range.check("poller.interval", interval, SHORTEST, LONGEST);
        Range.check("poller.claim_limit", claimLimit, 1, LARGEST_CLAIM);
        Range.check("poller.lease", lease, SHORTEST_LEASE, LONGEST_LEASE);
    }
}
